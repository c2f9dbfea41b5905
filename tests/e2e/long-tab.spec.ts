import { expect, test } from "@playwright/test";
import { liveLong } from "../../bench/long-tab.ts";

// The whole of it, with pictures, is `npm run bench -- tab`. Here: what a page leaves behind each time that it is left
// shows within a few rounds.
test("a tab that goes from page to page while the swarm changes holds no more elements and listeners at the end", async ({
  browser,
}) => {
  const told: string[] = [];
  const all = await liveLong(
    browser,
    { speed: 48, churn: 5, hours: 0.2, rounds: 5, mapMs: 1_500, pageMs: 700 },
    (text) => told.push(text),
  );
  // The first round has loaded what is loaded on first use.
  const [, second] = all;
  const last = all.at(-1);
  if (!second || !last) throw new Error("no readings");
  const words = told.join("\n");
  expect(last.changes, words).toBeGreaterThan(50);
  // A few tasks more or less on the map are not growth; a page that stays behind is a thousand elements.
  expect(last.domNodes, words).toBeLessThan(second.domNodes * 1.1 + 50);
  expect(last.listeners, words).toBeLessThan(second.listeners * 1.1 + 200);
});
