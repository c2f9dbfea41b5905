import { expect, type Page } from "@playwright/test";
import { composePlugin } from "../lab/compose-plugin.ts";
import { startShoal } from "../lab/shoal.ts";
import { test as base, expectAccessible } from "./signed-in.ts";

const plugin = await composePlugin();

/** A single engine, and a Shoal whose docker command has the compose plugin. */
const test = base.extend({
  shoal: [
    async ({ lab }, use) => {
      await lab.docker("node1", "swarm", "leave", "--force");
      const env: Record<string, string> = "missing" in plugin ? {} : { SHOAL_DOCKER_CLI: plugin.dockerCli };
      const shoal = await startShoal({ engines: [lab.host("node1")], env });
      await use(shoal);
      await shoal.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],
});
test.use({ labSize: { nodes: 1, managers: 1 }, allowedErrors: [/409 /] });
test.skip("missing" in plugin, "there is no compose plugin here");
test.skip(process.env.SHOAL_E2E_DEPLOYMENT === "stack", "a stack needs a swarm");
test.setTimeout(120_000);

const good = `services:
  web:
    image: lab/web:1
    stop_grace_period: 1s
    environment: {GREETING: "\${GREETING}"}
  cache:
    image: lab/web:1
    stop_grace_period: 1s
`;

/** Puts a text into the editor, as a paste does. */
async function write(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole("textbox", { name: label, exact: true }).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
}

/** Pictures to look at, and what must hold on each: nothing scrolls sideways, everybody can read it. */
async function picture(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await page.screenshot({ path: `test-results/screens/projects-${name}-dark.png` });
  await expectAccessible(page, ["color-contrast"]);
  await page.emulateMedia({ colorScheme: "light" });
  await page.screenshot({ path: `test-results/screens/projects-${name}-light.png` });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: `test-results/screens/projects-${name}-390.png` });
  await expectAccessible(page);
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(tooWide, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1440, height: 900 });
}

test("a project is written, planned and deployed; an update that fails leaves what ran", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto("/c/local/projects");
  await expect(page.getByText("No compose project on this engine")).toBeVisible();
  await page.getByRole("link", { name: "New project" }).click();
  await page.getByLabel("Name of the project").fill("blog");
  await write(page, "compose.yml", "services:\n  web:\n    build: .\n");
  await expect(page.getByText("web: build is not possible here")).toBeVisible();

  await write(page, "compose.yml", good);
  await page.getByRole("radio", { name: ".env" }).click();
  await write(page, ".env", "GREETING=hello");
  await page.getByRole("radio", { name: "compose.yml" }).click();
  await page.getByRole("button", { name: "Plan" }).click();
  await expect(page.getByRole("heading", { name: "Create 2 services" })).toBeVisible();
  await picture(page, "plan");
  await page.getByLabel("Why (optional)").fill("the first one");
  await page.getByRole("button", { name: "Deploy", exact: true }).click();
  await expect(page.locator("[data-run=completed]")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("2 containers were made and run.")).toBeVisible();

  // An update whose program ends at once.
  await page.getByRole("link", { name: "To the project" }).click();
  await expect(page.locator("[data-state=running]").first()).toBeVisible();
  await expect(page.getByRole("link", { name: "blog-web-1" }).first()).toBeVisible();
  await page.getByRole("link", { name: "Files" }).click();
  await write(page, "compose.yml", good.replace(/\{GREETING.*\}/, '{CRASH_AFTER: "1"}'));
  await page.getByRole("button", { name: "Plan" }).click();
  await expect(page.getByText("replaces 1 container, because of: variables CRASH_AFTER")).toBeVisible();
  await page.getByRole("button", { name: "Deploy", exact: true }).click();
  await expect(page.locator("[data-run=restored]")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("What ran before runs again: blog-web-1.")).toBeVisible();
  await picture(page, "restored");

  await page.getByRole("link", { name: "Versions" }).click();
  await expect(page.getByText("the first one")).toBeVisible();
  await page.getByRole("button", { name: "What was different" }).click();
  await expect(page.getByText('environment: {CRASH_AFTER: "1"}')).toBeVisible();
  await picture(page, "versions");
});

test("the list, the page and the logs of a project, and taking it down", async ({ page }) => {
  await page.goto("/c/local/map");
  await page.getByRole("navigation").getByRole("link", { name: "Projects" }).first().click();
  await expect(page.getByRole("cell", { name: "Kept here" })).toBeVisible();
  await expect(page.getByRole("cell", { name: "2/2" })).toBeVisible();
  await picture(page, "list");
  await page.getByRole("link", { name: "blog", exact: true }).click();
  await expect(page.getByRole("link", { name: "blog-cache-1" }).first()).toBeVisible();
  await page.getByRole("link", { name: "Logs", exact: true }).last().click();
  await expect(page.getByText("project blog")).toBeVisible();
  await expect(page.locator("[data-slot=log-state]")).toContainText(/Following|following|line/i);
  await page.goBack();

  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Stop" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Stop" }).click();
  await expect(page.getByText("The containers are stopped.")).toBeVisible({ timeout: 20_000 });
  await expect(page.locator("[data-state=stopped]").first()).toBeVisible();
  await picture(page, "project");
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Take down", exact: true }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByText("blog_default")).toBeVisible();
  await dialog.getByRole("textbox").fill("blog");
  await dialog.getByRole("button", { name: "Take down" }).click();
  await expect(page.getByText("blog has no container any more")).toBeVisible({ timeout: 20_000 });
});
