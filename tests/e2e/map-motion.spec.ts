import { expect, type Locator, type Page } from "@playwright/test";
import type { Lab } from "../lab/lab.ts";
import { expectAccessible, test } from "./signed-in.ts";

const web = "fish_web";
const docker = (lab: Lab, ...args: string[]) => lab.docker("node1", ...args);
/** A global task runs on the manager, whose engine is linked, and on the workers, whose are not. */
const agent = "fish_agent";

const node = (page: Page, name: string) => page.getByRole("region", { name: new RegExp(`^${name}, `) });
const tiles = (place: Page | Locator, name: string) => place.locator(`[data-task][aria-label^="${name}"]`);
const running = (place: Page | Locator, name: string) =>
  place.locator(`[data-task][aria-label^="${name}"][aria-label*=", running, "]`);
const drawer = (page: Page) => page.locator('[data-slot="drawer"]');
const idOf = async (tile: Locator) => (await tile.getAttribute("data-task")) ?? "";

/** Remembers what the motion layer shows, however short. */
async function watchMotion(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { seenMotion: seen });
    new MutationObserver((records) => {
      for (const added of records.flatMap((record) => [...record.addedNodes])) {
        if (added instanceof Element && added.parentElement?.matches('[data-slot="motion"]')) {
          seen.push(added.getAttribute("data-slot") ?? added.className);
        }
      }
    }).observe(document, { childList: true, subtree: true });
  });
  return () => page.evaluate(() => (window as unknown as { seenMotion: string[] }).seenMotion);
}

test.beforeAll(async ({ lab }) => {
  const stack = ["--detach", "--quiet", "--label", "com.docker.stack.namespace=fish"];
  const onWorkers = ["--constraint", "node.role==worker", "--stop-grace-period", "1s"];
  await docker(
    lab,
    "service",
    "create",
    "--name",
    web,
    "--replicas",
    "4",
    ...stack,
    ...onWorkers,
    "lab/web:1",
  );
  const restart = ["--restart-delay", "1s"];
  await docker(
    lab,
    "service",
    "create",
    "--name",
    agent,
    "--mode",
    "global",
    ...stack,
    ...restart,
    "lab/web:1",
  );
});
test.afterAll(async ({ lab }) => {
  await docker(lab, "service", "rm", web, agent).catch(() => undefined);
  await docker(lab, "node", "update", "--availability", "active", "node2").catch(() => undefined);
});

test("drained tasks swim to their new node, and nothing is left behind", async ({ page, lab }) => {
  const seen = await watchMotion(page);
  await page.goto("/c/local/map?density=cards");
  await expect(running(page, `${web}.`)).toHaveCount(4);
  await expect(running(node(page, "node2"), `${web}.`)).not.toHaveCount(0);
  await docker(lab, "node", "update", "--availability", "drain", "node2");
  await expect.poll(seen).toContain("wake");
  await expect(running(node(page, "node3"), `${web}.`)).toHaveCount(4);
  await expect(tiles(node(page, "node2"), web)).toHaveCount(0);
  const layer = page.locator('[data-slot="motion"]');
  await expect(layer.locator("> *")).toHaveCount(0);
  await expect(layer).toHaveCSS("pointer-events", "none");
  await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0);
  await docker(lab, "node", "update", "--availability", "active", "node2");
});

test("who wants less motion sees outlines, and nothing that moves", async ({ page, lab }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const seen = await watchMotion(page);
  await page.goto("/c/local/map?density=cards");
  await expect(running(page, `${web}.`)).toHaveCount(4);
  await docker(lab, "service", "update", "--force", "--detach", "--update-parallelism", "0", web);
  await expect.poll(seen).toContain("changed");
  await expect(running(node(page, "node2"), `${web}.`)).not.toHaveCount(0);
  await expect(page.locator('[data-slot="motion"] > *')).toHaveCount(0);
  expect(new Set(await seen())).toEqual(new Set(["changed"]));
});

test("the drawer of a task opens by click, from its address, and by keyboard", async ({ page }) => {
  await page.goto("/c/local/map?density=cards");
  const tile = tiles(node(page, "node1"), agent).first();
  const id = await idOf(tile);
  await tile.hover();
  const card = page.getByRole("tooltip");
  await expect(card).toContainText("node1");
  await expect(card).toContainText("lab/web:1");

  await tile.click();
  await expect(card).toBeHidden();
  await expect(page).toHaveURL(new RegExp(`task=${id}`));
  await expect(drawer(page)).toContainText("lab/web:1");
  await expect(drawer(page)).toContainText(id);
  await expect(drawer(page).getByRole("link", { name: "node1" })).toBeVisible();
  await expectAccessible(page);

  await page.reload();
  await expect(drawer(page)).toContainText(id);
  await page.keyboard.press("j");
  await expect(page).not.toHaveURL(new RegExp(`task=${id}`));
  await expect(drawer(page)).not.toContainText(id);
  // Back, and closed before anything could be drawn: the focus still returns to the task stepped to.
  await page.keyboard.press("k");
  await page.keyboard.press("Escape");
  await expect(drawer(page)).toBeHidden();
  await expect(page).not.toHaveURL(/task=/);
  await expect(tile).toBeFocused();
});

test("the chosen task is never behind the drawer", async ({ page }) => {
  await page.setViewportSize({ width: 1100, height: 700 });
  await page.goto("/c/local/map?density=cards");
  // One that has settled: a tile swells for a moment when its task has started.
  const tile = running(node(page, "node3"), agent);
  await expect(tile).toHaveCount(1);
  await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0);
  const width = (await tile.boundingBox())?.width;
  await tile.click();
  await expect(drawer(page)).toBeVisible();
  await expect
    .poll(async () => {
      const [task, panel] = [await tile.boundingBox(), await drawer(page).boundingBox()];
      return task && panel && task.x + task.width <= panel.x;
    })
    .toBe(true);
  await expect.poll(async () => (await tile.boundingBox())?.width).toBe(width);
});

test("a task is killed where its engine is linked, and replaced; elsewhere it says why not", async ({
  page,
}) => {
  await page.goto("/c/local/map?density=cards");
  const tile = running(node(page, "node1"), agent);
  await expect(tile).toHaveCount(1);
  const id = await idOf(tile);
  await tile.click();
  await drawer(page).getByRole("button", { name: "Kill task" }).click();
  const dialog = page.getByRole("alertdialog").or(page.getByRole("dialog", { name: /^Kill / }));
  await expect(dialog).toContainText("Swarm starts a new task in 1 s.");
  await dialog.getByRole("button", { name: "Kill task" }).click();
  await expect(drawer(page)).toContainText("exit 137, killed");
  await expect(drawer(page)).toContainText("A new task runs on node1.");
  await drawer(page).getByRole("button", { name: "A new task runs on node1." }).click();
  await expect(page).not.toHaveURL(new RegExp(`task=${id}`));
  await expect(drawer(page).locator('[data-slot="task-state"]')).toContainText("running");
  await expect(running(node(page, "node1"), agent)).not.toHaveAttribute("data-task", id);

  await tiles(node(page, "node3"), agent).first().click();
  const kill = drawer(page).getByRole("button", { name: "Kill task" });
  await expect(kill).toHaveAttribute("aria-disabled", "true");
  await kill.hover();
  await expect(page.getByRole("tooltip")).toContainText("no link to the engine of node3");
});

test("dots are the same tasks, by mouse, keyboard and screen reader", async ({ page }) => {
  await page.goto("/c/local/map?density=dots");
  const options = page.getByRole("option");
  await expect(options).toHaveCount(7);
  const workers = page.getByRole("listbox", { name: "Workers" });
  const last = await options.last().textContent();
  // Before the page is hydrated nobody hears the key.
  await expect(async () => {
    await workers.blur();
    await workers.focus();
    await page.keyboard.press("End");
    await expect(page.getByRole("tooltip")).toContainText(last?.split(",")[0] ?? "no option", {
      timeout: 2000,
    });
  }).toPass();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/task=/);
  await expect(drawer(page)).toContainText("lab/web:1");
  await page.keyboard.press("Escape");
  await expect(drawer(page)).toBeHidden();

  // The first dot of node2: 9 px of padding and half a scale from the left, 44 px of head above.
  const cell = node(page, "node2").or(page.getByRole("region", { name: "node2", exact: true }));
  await cell.hover({ position: { x: 16, y: 51 } });
  await expect(page.getByRole("tooltip")).toContainText("node2");
  await cell.click({ position: { x: 16, y: 51 } });
  await expect(drawer(page).getByRole("link", { name: "node2" })).toBeVisible();
  await expectAccessible(page);
});
