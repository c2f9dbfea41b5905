import { expect, type Page } from "@playwright/test";
import { test } from "./signed-in.ts";

test.use({ labSize: { nodes: 4, managers: 3 } });

declare global {
  interface Window {
    /** Set by the test: gone after a reload. */
    sameLoad?: true;
    /** What the map has said about tasks and nodes since the test began to listen. */
    said: Set<string>;
  }
}

const sentence = (page: Page) => page.getByRole("heading", { level: 1 });
const electing = (page: Page) => page.getByText(/Waiting for the swarm to elect a leader/);

test("the leader loses power under two tabs: both say so, nothing false, and both recover by themselves", async ({
  context,
  lab,
}) => {
  test.setTimeout(150_000);
  // On the worker, so that no task is lost with a manager.
  const onWorker = ["--constraint", "node.role==worker"];
  await lab.docker("node1", "service", "create", "--detach", "--quiet", "--name", "web", "--replicas", "3", ...onWorker, "lab/web:1"); // biome-ignore format: one command
  const tabs = [await context.newPage(), await context.newPage()];
  for (const page of tabs) {
    await page.goto("/c/local/map");
    await expect(sentence(page)).toHaveText("All 3 tasks are running.");
    await page.evaluate(() => {
      window.sameLoad = true;
      window.said = new Set();
      const heading = document.querySelector("h1");
      const listen = () => window.said.add(heading?.textContent ?? "");
      listen();
      new MutationObserver(listen).observe(document.body, {
        subtree: true,
        childList: true,
        characterData: true,
      });
    });
  }

  await lab.kill("node1");
  await Promise.all(tabs.map((page) => expect(electing(page)).toBeVisible({ timeout: 30_000 })));
  await Promise.all(tabs.map((page) => expect(electing(page)).toBeHidden({ timeout: 60_000 })));
  for (const page of tabs) {
    const dead = page.getByRole("region", { name: /^node1, / });
    // No earlier than swarm itself gives it up, which is 40 s and more after its death.
    await expect(dead).toContainText("down", { timeout: 90_000 });
    await expect(sentence(page)).toHaveText("All 3 tasks are running.");
    expect(await page.evaluate(() => window.sameLoad), "the tab was not reloaded").toBe(true);
    expect(await page.evaluate(() => [...window.said])).toEqual(["All 3 tasks are running."]);
  }
  await lab.start("node1");
  for (const page of tabs) {
    await expect(page.getByRole("region", { name: /^node1, / })).not.toContainText("down", {
      timeout: 60_000,
    });
  }
});
