import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect, type Page } from "@playwright/test";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { signInOver } from "../lab/sign-in.ts";
import { expectAccessible } from "./signed-in.ts";

/** A server without any engine: the demo needs no Docker and no lab. */
const test = base.extend<{ consoleErrors: string[] }, { shoal: Shoal }>({
  shoal: [
    async ({ browserName: _ }, use) => {
      const shoal = await startShoal({ engines: [`unix://${join(tmpdir(), "shoal-no-engine.sock")}`] });
      await use(shoal);
      await shoal.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  baseURL: async ({ shoal }, use) => use(shoal.url),
  consoleErrors: [
    async ({ context, shoal }, use) => {
      const errors: string[] = [];
      context.on(
        "console",
        (message) =>
          message.type() === "error" && errors.push(`${message.text()} (${message.location().url})`),
      );
      context.on("weberror", (error) => errors.push(String(error.error())));
      for (const pair of (await signInOver(shoal.url, shoal.user, shoal.password)).split("; ")) {
        const at = pair.indexOf("=");
        await context.addCookies([{ name: pair.slice(0, at), value: pair.slice(at + 1), url: shoal.url }]);
      }
      await use(errors);
      expect(errors, "errors in the browser's console").toEqual([]);
    },
    { auto: true },
  ],
});

const node = (page: Page, name: string) => page.getByRole("region", { name: new RegExp(`^${name}, `) });
const runningTiles = (page: Page, name: string) =>
  page.locator(`[data-task][aria-label^="${name}."][aria-label*=", running, "]`);
const legend = (page: Page) => page.getByRole("complementary", { name: "Services" });

test("without an engine the demo is offered, opens, and says on every page that it is simulated", async ({
  page,
  shoal,
}) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Open the demo cluster" }).click();
  await expect(page).toHaveURL(/\/c\/demo\/map$/);
  await expect(page.getByText("Simulated cluster.")).toBeVisible();
  await expect(page.getByRole("banner").getByText("simulated", { exact: true })).toBeVisible();
  await expect(page).toHaveTitle(/simulated/);
  for (const name of ["swarm-1", "swarm-2", "swarm-3", "swarm-4"]) {
    await expect(node(page, name).locator("[data-task]").first()).toBeVisible();
  }
  await expect(node(page, "swarm-5")).toContainText("drained");
  await expect(page.getByRole("region", { name: "Unplaced" })).toContainText("No node has gpu=true");
  await expect(page.getByRole("button", { name: /mailer\s+keeps failing/ })).toBeVisible();
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expectAccessible(page);

  for (const path of ["services", "nodes", "swarm", "services/lab_mailer", "nodes/swarm-2"]) {
    await page.goto(`/c/demo/${path}`);
    await expect(page.getByText("Simulated cluster.")).toBeVisible();
    await expect(page).toHaveTitle(/simulated/);
    await expectAccessible(page);
  }
  await page.goto("/");
  await expect(page).toHaveURL(/\/c\/demo\/map$/);
  const { body } = await shoal.api("GET", "/api/v1/clusters");
  expect(body).toMatchObject({
    items: [{ id: "local" }, { id: "demo", simulated: true }, { id: "demo-branch", simulated: true }],
  });
});

test("the demo has a second, small cluster, and the overview says what is wrong in it", async ({
  page,
  shoal,
}) => {
  await shoal.api("POST", "/api/v1/demo", {});
  await page.goto("/clusters");
  const card = page.getByRole("listitem").filter({ hasText: "branch" });
  await expect(card).toContainText("branch-3 does not answer.");
  await expectAccessible(page);
  await card.getByRole("link").first().click();
  await expect(page).toHaveURL(/\/c\/demo-branch\//);
  await expect(page.getByText("Simulated cluster.")).toBeVisible();
  await expect(node(page, "branch-3")).toContainText("down");
  await expect(legend(page)).toContainText("labels");
});

test("scale, restart and drain act on the demo as on a real swarm", async ({ page, shoal }) => {
  await shoal.api("POST", "/api/v1/demo", {});
  await page.goto("/c/demo/map");
  await expect(runningTiles(page, "web_gateway")).toHaveCount(2);
  const more = legend(page).getByRole("button", { name: "One more: web_gateway" });
  await more.click();
  await more.click();
  await expect(runningTiles(page, "web_gateway")).toHaveCount(4);

  const before = await runningTiles(page, "web_cache").getAttribute("data-task");
  expect((await shoal.api("POST", "/api/v1/clusters/demo/services/web_cache/restart", {})).status).toBe(200);
  await expect(runningTiles(page, "web_cache")).not.toHaveAttribute("data-task", before ?? "");

  const restarted = await runningTiles(page, "web_cache").getAttribute("data-task");
  const edits = [{ field: "limitMemory", value: 512 * 1024 ** 2 }];
  const path = "/api/v1/clusters/demo/services/web_cache";
  expect((await shoal.api("POST", `${path}/preview`, { edits })).body).toMatchObject({
    effect: { kind: "replaces", tasks: [restarted] },
  });
  expect((await shoal.api("PATCH", path, { edits })).status).toBe(200);
  await expect(runningTiles(page, "web_cache")).not.toHaveAttribute("data-task", restarted ?? "");

  await node(page, "swarm-5").getByRole("button", { name: "Activate" }).click();
  const drained = node(page, "swarm-3");
  await drained.hover();
  await drained.getByRole("button", { name: "More actions: swarm-3" }).click();
  await page.getByRole("menuitem", { name: "Drain" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Drain swarm-3" });
  await dialog.getByRole("button", { name: "Drain" }).click();
  await expect(drained).toContainText("drained");
  await expect(drained.locator('[data-task][aria-label*=", running, "]')).toHaveCount(0);
  await expect(node(page, "swarm-5").locator('[data-task][aria-label*=", running, "]')).not.toHaveCount(0);
});

test("at 390 px the demo fits, and is marked", async ({ page, shoal }) => {
  await shoal.api("POST", "/api/v1/demo", {});
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/c/demo/map");
  await expect(page.getByText("Simulated cluster.")).toBeVisible();
  await expect(node(page, "swarm-1")).toBeVisible();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(390);
  await expectAccessible(page);
});
