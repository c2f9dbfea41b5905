import { expect, type Page } from "@playwright/test";
import type { Lab } from "../lab/lab.ts";
import { waitFor } from "../lab/wait.ts";
import { expectAccessible, test } from "./signed-in.ts";

test.use({ labSize: { nodes: 4, managers: 1 } });

const create = (lab: Lab, name: string, ...options: string[]) =>
  lab.docker("node1", "service", "create", "--detach", "--quiet", "--name", name, ...options, "lab/web:1");
const node = (page: Page, name: string) => page.getByRole("region", { name: new RegExp(`^${name}, `) });
/** Tiles of a service, or of one of its tasks, on the whole map or on one node. */
const tiles = (place: Page | ReturnType<typeof node>, name: string) =>
  place.locator(`[data-task][aria-label^="${name}"]`);
const runningTiles = (page: Page, name: string) =>
  page.locator(`[data-task][aria-label^="${name}."][aria-label*=", running, "]`);
const sentence = (page: Page) => page.getByRole("heading", { level: 1 });

test.beforeAll(async ({ lab }) => {
  const stack = ["--label", "com.docker.stack.namespace=shop"];
  await create(lab, "shop_web", "--replicas", "3", ...stack, "--constraint", "node.role==worker");
  await create(lab, "shop_agent", "--mode", "global", ...stack);
  await create(lab, "huge", "--reserve-memory", "4000G");
  await lab.docker("node1", "node", "update", "--label-add", "disk=ssd", "node4");
});
test.afterAll(async ({ lab }) => {
  await lab.docker("node1", "service", "rm", "shop_web", "shop_agent", "huge").catch(() => undefined);
  await lab.docker("node1", "node", "update", "--availability", "active", "node3").catch(() => undefined);
});

test("shows every node with its tasks, and why a task has none", async ({ page, lab }) => {
  await page.goto("/");
  await expect(page).toHaveURL(/\/c\/local\/map$/);
  await expect(sentence(page)).toHaveText("7 of 8 tasks are running.");
  for (const name of lab.nodes) await expect(tiles(node(page, name), "shop_agent,")).toHaveCount(1);
  await expect(tiles(page, "shop_web.")).toHaveCount(3);
  await expect(node(page, "node1")).toContainText("leader");
  await expect(node(page, "node4")).toContainText("disk=ssd");
  const lane = page.getByRole("region", { name: "Unplaced" });
  await expect(tiles(lane, "huge.1")).toHaveCount(1);
  await expect(lane).toContainText("not enough memory on 4 nodes");
  await expect(lane).toContainText(/Each needs 3.9 TB\. Most free: [\d.]+ GB, on node\d\./);
  await expect(page.getByRole("button", { name: /1 task has no place/ })).toBeVisible();
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expectAccessible(page);
});

test("scale from the legend: tiles come and go without a reload", async ({ page, lab }) => {
  await page.goto("/c/local/map");
  await expect(runningTiles(page, "shop_web")).toHaveCount(3);
  const legend = page.getByRole("complementary", { name: "Services" });
  const more = legend.getByRole("button", { name: "One more: shop_web" });
  for (let i = 0; i < 3; i += 1) await more.click();
  await expect(runningTiles(page, "shop_web")).toHaveCount(6);
  await expect(sentence(page)).toHaveText("10 of 11 tasks are running.");
  await legend.hover({ position: { x: 100, y: 20 } });
  await lab.docker("node1", "service", "scale", "--detach", "shop_web=3");
  await expect(tiles(page, "shop_web.")).toHaveCount(3);
});

test("a hovered service is lit and counted on every node", async ({ page }) => {
  await page.goto("/c/local/map");
  const legend = page.getByRole("complementary", { name: "Services" });
  await legend.getByRole("link", { name: "agent" }).hover();
  await expect(node(page, "node2")).toContainText("1 of agent");
  await expect(tiles(page, "shop_web.").first()).toHaveCSS("opacity", "0.22");
  await expect(tiles(page, "shop_agent,").first()).toHaveCSS("opacity", "1");
  await sentence(page).hover();
  await expect(tiles(page, "shop_web.").first()).toHaveCSS("opacity", "1");
});

test("drain a node from the map: its tasks move before one's eyes, and back to active", async ({ page }) => {
  await page.goto("/c/local/map");
  const node3 = node(page, "node3");
  await expect(tiles(page, "shop_web.")).toHaveCount(3);
  await node3.hover();
  await node3.getByRole("button", { name: "More actions: node3" }).click();
  await page.getByRole("menuitem", { name: "Drain" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Drain node3" });
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Drain" }).click();
  await expect(node3).toContainText("Nothing runs here while drained.");
  await expect(node3.locator("[data-task]")).toHaveCount(0);
  await expect(runningTiles(page, "shop_web")).toHaveCount(3);
  await node3.getByRole("button", { name: "Activate" }).click();
  await expect(tiles(node3, "shop_agent,")).toHaveCount(1);
});

test("filters stand in the address and can be shared", async ({ page, context }) => {
  await page.goto("/c/local/map");
  await page.keyboard.press("/");
  await page.keyboard.type("agent");
  await expect(tiles(page, "shop_web.")).toHaveCount(0);
  await expect(page.getByText("4 of 8 tasks shown")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/map$/);
  await page.getByRole("button", { name: "Node label" }).click();
  await page.getByRole("menuitemcheckbox", { name: "disk=ssd" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Group by" }).click();
  await page.getByRole("menuitemradio", { name: "disk" }).click();
  await page.getByRole("radio", { name: "Compact" }).click();
  await expect(page.getByRole("region", { name: /^node\d/ })).toHaveCount(1);
  const friend = await context.newPage();
  await friend.goto(page.url());
  await expect(friend.getByRole("region", { name: /^node\d/ })).toHaveCount(1);
  await expect(friend.getByRole("heading", { name: /^disk=ssd/ })).toBeVisible();
  await expect(friend.getByRole("radio", { name: "Compact" })).toBeChecked();
  await friend.goto("/c/local/map?q=zzz");
  await friend.getByRole("button", { name: "Clear the filter" }).last().click();
  await expect(friend.getByRole("region", { name: /^node\d/ })).toHaveCount(4);
});

test("a chip shows only what it is about", async ({ page }) => {
  await page.goto("/c/local/map");
  const chip = page.getByRole("button", { name: /1 task has no place/ });
  await chip.click();
  await expect(chip).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByRole("region", { name: /^node\d/ })).toHaveCount(0);
  await expect(tiles(page, "huge.1")).toBeVisible();
  await chip.click();
  await expect(page.getByRole("region", { name: /^node\d/ })).toHaveCount(4);
});

test("by keyboard: move between tiles, open, close, scale, change the density", async ({ page, lab }) => {
  await page.goto("/c/local/map");
  await expect(runningTiles(page, "shop_web")).toHaveCount(3);
  await page.locator('[data-task][tabindex="0"]').focus();
  const first = page.locator("[data-task]:focus");
  await expect(first).toHaveAccessibleName(/^huge\.1/);
  await page.keyboard.press("ArrowRight");
  await expect(page.locator("[data-task]:focus")).toHaveAccessibleName(/^shop_agent, running, node1/);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await tiles(page, "shop_web.").first().focus();
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog", { name: /web/ });
  await expect(drawer).toBeVisible();
  await expect(page).toHaveURL(/[?&]task=\w+/);
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await expect(page).toHaveURL(/\/map$/);
  await tiles(page, "shop_web.").first().focus();
  await page.keyboard.press("+");
  await expect(runningTiles(page, "shop_web")).toHaveCount(4);
  await page.keyboard.press("-");
  await waitFor(
    "three replicas again",
    async () =>
      (await lab.docker(
        "node1", "service", "inspect", "--format", "{{.Spec.Mode.Replicated.Replicas}}", "shop_web",
      )) === "3", // biome-ignore format: one command
  );
  for (const density of ["Cards", "Compact", "Dots"]) {
    await page.keyboard.press("d");
    await expect(page.getByRole("radio", { name: density, exact: true })).toBeChecked();
  }
});

test("on a telephone: one column, and nothing scrolls sideways", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/c/local/map");
  await expect(page.locator('[data-slot="sea"]')).toHaveAttribute("data-density", "compact");
  await expect(tiles(node(page, "node1"), "shop_agent,")).toBeVisible();
  await expect(page.getByRole("complementary", { name: "Services" })).toBeHidden();
  const overflow = await page.evaluate(() => {
    const sea = document.querySelector('[data-slot="sea"]');
    return Math.max(
      document.documentElement.scrollWidth - window.innerWidth,
      (sea?.scrollWidth ?? 0) - (sea?.clientWidth ?? 0),
    );
  });
  expect(overflow).toBeLessThanOrEqual(0);
  await expectAccessible(page);
});
