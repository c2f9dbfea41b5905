import { expect, type Locator, type Page } from "@playwright/test";
import { test } from "./fixtures.ts";

const name = "keys_walk";

test.beforeAll(async ({ lab }) => {
  await lab.docker(
    "node1",
    "service",
    "create",
    "--detach",
    "--quiet",
    "--name",
    name,
    "--replicas",
    "2",
    "lab/web:1",
  );
});
test.afterAll(({ lab }) => lab.docker("node1", "service", "rm", name).catch(() => undefined));

/** Presses Tab until a thing has the focus; what cannot be reached is not reachable. */
async function tabTo(page: Page, target: Locator, most = 80): Promise<void> {
  await expect(target).toBeVisible();
  for (let pressed = 0; pressed < most; pressed += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}

test("with the keyboard alone: sign in, the map, a service, scale it, its logs", async ({ page, shoal }) => {
  await page.goto("/");
  await tabTo(page, page.getByLabel("User name"));
  await page.keyboard.type(shoal.user);
  await tabTo(page, page.getByLabel("Password", { exact: true }));
  await page.keyboard.type(shoal.password);
  await page.keyboard.press("Enter");

  const tiles = page.locator(`[data-task][aria-label^="${name}."][aria-label*=", running, "]`);
  await expect(tiles).toHaveCount(2);
  // Only one tile is a stop of the Tab key; the arrows move from there.
  await tabTo(page, page.locator('[data-task][tabindex="0"]'));
  await page.keyboard.press("Enter");
  await expect(page.locator('[data-slot="drawer"]')).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator('[data-slot="drawer"]')).toBeHidden();

  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await expect(page).toHaveURL(/\/services$/);
  const row = page.getByRole("row", { name: new RegExp(name) });
  await tabTo(page, page.locator('tr[tabindex="0"]'));
  for (let pressed = 0; pressed < 20; pressed += 1) {
    if (await row.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press("ArrowDown");
  }
  await expect(row).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name, exact: true })).toBeVisible();

  await tabTo(page, page.getByRole("button", { name: `One more: ${name}` }));
  await page.keyboard.press("Enter");
  await expect
    .poll(async () => {
      const { body } = await shoal.api("GET", `/api/v1/clusters/local/services/${name}`);
      return (body as { service?: { replicas?: number } }).service?.replicas;
    })
    .toBe(3);

  await tabTo(page, page.getByRole("main").getByRole("link", { name: "Logs", exact: true }).first());
  await page.keyboard.press("Enter");
  await expect(page.locator('[data-slot="log-line"]').filter({ hasText: "tick" })).not.toHaveCount(0);
  await page.keyboard.press("Space");
  await expect(page.locator('[data-slot="log-state"]')).toHaveText("Paused");
});
