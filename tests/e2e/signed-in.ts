import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { signInOver } from "../lab/sign-in.ts";
import { test as base } from "./fixtures.ts";

/** As `test` of fixtures.ts, with the admin signed in before the first page. */
export const test = base.extend({
  context: async ({ context, shoal }, use) => {
    const pairs = (await signInOver(shoal.url, shoal.user, shoal.password)).split("; ");
    await context.addCookies(
      pairs.map((pair) => {
        const at = pair.indexOf("=");
        return { name: pair.slice(0, at), value: pair.slice(at + 1), url: shoal.url };
      }),
    );
    await use(context);
  },
});

/**
 * Fails on every serious or critical finding of axe on the page as it is once its transitions have ended. `rules`: only
 * these, for a second look at a page of which just that can have changed.
 */
export async function expectAccessible(page: Page, rules?: readonly string[]): Promise<void> {
  // After a change of theme, and while a dialog comes, colours are on their way for 100 ms, and axe would judge one that
  // nobody reads. What goes round for ever stays.
  await page.waitForFunction(
    () =>
      !document
        .getAnimations()
        .some(
          (one) =>
            one.playState === "running" &&
            Number(one.effect?.getComputedTiming().endTime) < Number.POSITIVE_INFINITY,
        ),
  );
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules ? axe.withRules([...rules]) : axe).analyze();
  const bad = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const told = bad.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join("\n  ")}`,
  );
  expect(told, `axe on ${page.url()}`).toEqual([]);
}
