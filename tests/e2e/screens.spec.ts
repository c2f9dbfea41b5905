import { expect } from "@playwright/test";
import { deploySampleStacks, removeSampleStacks } from "../lab/sample-stacks.ts";
import { expectAccessible, test } from "./signed-in.ts";

/** Every page with the heading that says it is there. Pictures are left in test-results/screens to look at. */
const pages = [
  ["map", "/c/local/map", /tasks are running/],
  ["services", "/c/local/services", "Services"],
  ["service", "/c/local/services/shop_web", "web"],
  ["logs", "/c/local/logs?stack=shop&q=tick", "Logs"],
  ["logs-choose", "/c/local/logs", "Logs"],
  ["console-choose", "/c/local/console", "Console"],
  ["tasks", "/c/local/tasks", "Tasks"],
  ["containers", "/c/local/containers", "Containers"],
  ["container", "/c/local/containers/lonely", "lonely"],
  ["stacks", "/c/local/stacks", "Stacks"],
  ["stack", "/c/local/stacks/shop", "shop"],
  ["networks", "/c/local/networks", "Resources"],
  ["network", "/c/local/networks/ingress", "ingress"],
  ["volumes", "/c/local/volumes", "Resources"],
  ["volume", "/c/local/volumes/kept?node=node1&view=about", "kept"],
  ["secrets", "/c/local/secrets", "Resources"],
  ["configs", "/c/local/configs", "Resources"],
  ["images", "/c/local/images", "Resources"],
  ["revisions", "/c/local/services/shop_web/revisions", "web"],
  ["activity", "/c/local/operations", "Activity"],
  ["nodes", "/c/local/nodes", "Nodes"],
  ["node", "/c/local/nodes/node1", "node1"],
  ["events", "/c/local/events", "Events"],
  ["agents", "/c/local/agents", "Agents"],
  ["clusters", "/clusters", "Clusters"],
  ["swarm", "/c/local/swarm", "Swarm settings"],
  ["account", "/account", "Account"],
  ["users", "/users", "Users"],
  ["tokens", "/users?view=tokens", "Users"],
  ["audit", "/audit", "Audit log"],
] as const;
const widths = [1440, 390] as const;
// Two loads, two whole passes of axe and two over the colours each.
test.setTimeout(120_000);
const themes = ["light", "dark"] as const;

test.beforeAll(async ({ lab, shoal }) => {
  await deploySampleStacks(lab);
  await lab.docker("node1", "run", "--detach", "--name", "lonely", "--volume", "/data", "lab/web:1");
  await lab.docker("node1", "volume", "create", "kept");
  await expect
    .poll(async () => {
      const { body } = await shoal.api("GET", "/api/v1/clusters/local/tasks?service=shop_web&state=running");
      return (body as { items?: unknown[] }).items?.length ?? 0;
    })
    .toBeGreaterThan(0);
});
test.afterAll(async ({ lab }) => {
  await lab.docker("node1", "rm", "--force", "--volumes", "lonely");
  await lab.docker("node1", "volume", "rm", "kept");
  await removeSampleStacks(lab);
});

for (const [name, path, heading] of pages) {
  test(`${name}: accessible and whole at every width, light and dark`, async ({ page }) => {
    for (const width of widths) {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
      for (const theme of themes) {
        await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
        // The theme follows the system: a page that is open changes it without a reload, and only its colours with it.
        if (theme === "light") await page.goto(path);
        await expect(page.getByRole("heading", { name: heading, exact: true })).toBeVisible();
        await expect(page.locator("html")).toHaveCSS("color-scheme", theme);
        await page.screenshot({ path: `test-results/screens/${name}-${width}-${theme}.png` });
        const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(tooWide, `${name} scrolls sideways at ${width}`).toBeLessThanOrEqual(0);
        await expectAccessible(page, theme === "light" ? undefined : ["color-contrast"]);
      }
    }
  });
}
