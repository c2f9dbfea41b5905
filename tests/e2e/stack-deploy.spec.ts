import { expect, type Locator, type Page } from "@playwright/test";
import { expectAccessible, test } from "./signed-in.ts";

const widths = [1440, 390] as const;

/** Pictures to look at (`at` in sight), and what must hold on each: nothing scrolls sideways, everybody can read it. */
async function picture(page: Page, name: string, at?: Locator): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await expect(page.locator("html")).toHaveCSS("color-scheme", colorScheme);
      await at?.scrollIntoViewIfNeeded();
      await page.screenshot({ path: `test-results/screens/deploy-${name}-${width}-${colorScheme}.png` });
      await expectAccessible(page, colorScheme === "light" ? undefined : ["color-contrast"]);
    }
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(tooWide, `${name} scrolls sideways at ${width}`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
}

const good = `version: "3.8"

services:
  web:
    image: lab/web:1
    environment:
      GREETING: \${GREETING}
    deploy:
      replicas: 2
  cache:
    image: lab/web:1
    restart: always
`;

/** Puts a text into the editor, as a paste does. */
async function write(page: Page, label: string, text: string): Promise<void> {
  const editor = page.getByRole("textbox", { name: label, exact: true });
  await editor.click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
}

test.setTimeout(150_000);
// Removing asks for the name; a stack that is gone is looked for once more.
test.use({ allowedErrors: [/409|404 .*stacks\/blog/] });
test.afterAll(async ({ lab }) => {
  await lab.docker("node1", "stack", "rm", "blog").catch(() => undefined);
});

test("a stack is written, planned, deployed, changed, and its versions compared", async ({ page }) => {
  await page.goto("/c/local/stacks");
  await page.getByRole("link", { name: "Deploy stack" }).click();
  await expect(page).toHaveURL(/\/stacks\/new$/);
  await page.getByLabel("Name of the stack").fill("blog");

  // A problem is told at its line, while one types.
  await write(page, "docker-compose.yml", "services:\n  web:\n    image: a\n  web:\n    image: b\n");
  const place = page.getByRole("button", { name: "docker-compose.yml:4" });
  await expect(place).toBeVisible();
  await expect(page.getByText("web stands here for the second time.")).toBeVisible();
  await place.click();
  await expect(page.locator(".cm-activeLine")).toHaveText(/web:/);
  await picture(page, "error");

  await write(page, "docker-compose.yml", good);
  await page.getByRole("radio", { name: ".env" }).click();
  await write(page, ".env", "GREETING=hello");
  await expect(page.getByRole("button", { name: "Deploy", exact: true })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await page.getByRole("button", { name: "Plan" }).click();
  await expect(page.getByRole("heading", { name: "Create 2 services" })).toBeVisible();
  await expect(page.getByText("cache: restart is ignored. Use deploy.restart_policy.")).toBeVisible();
  await page.getByRole("radio", { name: "docker-compose.yml" }).click();
  await picture(page, "plan");

  await page.getByLabel("Why (optional)").fill("the first one");
  await page.getByRole("button", { name: "Deploy", exact: true }).click();
  await expect(page.locator("[data-deploy]")).toBeVisible();
  await expect(page.locator('[data-deploy="completed"]')).toBeVisible({ timeout: 40_000 });
  await expect(page.getByText("All 2 changed services have converged.")).toBeVisible();
  await picture(page, "done");

  await page.getByRole("link", { name: "To the stack" }).click();
  await page
    .getByRole("navigation", { name: "Views of this stack" })
    .getByRole("link", { name: "Files" })
    .click();
  await expect(page.getByRole("textbox", { name: "docker-compose.yml" })).toContainText("replicas: 2");
  await write(page, "docker-compose.yml", good.replace("replicas: 2", "replicas: 3"));
  await page.getByRole("button", { name: "Plan" }).click();
  await expect(page.getByRole("heading", { name: "Change 1 service" })).toBeVisible();
  await expect(page.getByRole("article", { name: "blog_web" })).toContainText("replaces no task");
  await page.getByRole("button", { name: "Deploy", exact: true }).click();
  await expect(page.locator('[data-deploy="completed"]')).toBeVisible({ timeout: 40_000 });

  await page.goto("/c/local/stacks/blog/versions");
  const versions = page.getByRole("list", { name: "Versions" }).locator("> li");
  await expect(versions).toHaveCount(2);
  await expect(versions.last()).toContainText("the first one");
  await versions.first().getByRole("button", { name: "What was different" }).click();
  await expect(versions.first().locator("[data-slot=raw-diff]")).toContainText("+       replicas: 3");
  await picture(page, "versions");
});

test("another content of a config and a secret is planned with its new name, and what was replaced is told", async ({
  page,
  shoal,
}) => {
  const compose = `services:
  web:
    image: lab/web:1
    configs: [{source: conf, target: /etc/app.conf}]
    secrets: [pass]
configs: {conf: {file: ./app.conf}}
secrets: {pass: {file: ./pass.txt}}
`;
  const stacks = "/api/v1/clusters/local/stacks";
  const begun = await shoal.api("POST", `${stacks}/letter/deploy`, {
    files: [
      { name: "docker-compose.yml", text: `version: "3.8"\n${compose}`, kind: "compose" },
      { name: "app.conf", text: "listen 80\nworkers 1\ncolour blue\n", kind: "file" },
      { name: "pass.txt", text: "opensesame", kind: "file" },
    ],
  });
  expect(begun.status).toBe(202);
  await page.goto("/c/local/stacks/letter/versions");
  await expect(page.getByText("Completed", { exact: true })).toBeVisible({ timeout: 40_000 });
  await page.goto("/c/local/stacks/letter/file");
  await page.getByRole("radio", { name: "app.conf" }).click();
  await write(page, "app.conf", "listen 80\nworkers 4\ncolour blue\n");
  await page.getByRole("radio", { name: "pass.txt" }).click();
  await write(page, "pass.txt", "another word");
  await page.getByRole("radio", { name: "docker-compose.yml" }).click();
  await page.getByRole("button", { name: "Plan", exact: true }).click();
  const config = page.getByRole("article", { name: "config letter_conf" });
  await expect(config).toContainText(/content changed; becomes letter_conf_[0-9a-f]{12}/);
  await expect(config).toContainText("letter_conf is removed when the deploy has succeeded");
  await config.getByText("What is different in letter_conf").click();
  await expect(config.locator("[data-slot=raw-diff]")).toContainText("workers 4");
  const secret = page.getByRole("article", { name: "secret letter_pass" });
  await expect(secret).toContainText(/becomes letter_pass_[0-9a-f]{12}/);
  await expect(secret.getByText("What is different")).toHaveCount(0);
  await picture(page, "contents", config.locator("[data-slot=raw-diff]"));
  await page.getByRole("button", { name: "Deploy", exact: true }).click();
  await expect(page.locator('[data-deploy="completed"]')).toBeVisible({ timeout: 40_000 });
  const told = page.getByRole("list", { name: "Other contents" });
  await expect(told).toContainText(/letter_conf is now letter_conf_[0-9a-f]{12}; letter_conf was removed\./);
  await picture(page, "contents-done");
  await page.goto("/c/local/stacks/letter/versions");
  await expect(told).toHaveCount(1);
  await picture(page, "contents-versions");
  await shoal.api("POST", `${stacks}/letter/remove`, { confirm: "letter" });
});

test("a stack that the command line has deployed is adopted: its file is rebuilt, and its plan is empty", async ({
  page,
  lab,
}) => {
  await lab.docker("node1", "network", "create", "--driver", "overlay", "--label", "com.docker.stack.namespace=old", "old_default"); // biome-ignore format: one line
  await lab.docker(
    "node1",
    ...[
      "service",
      "create",
      "--detach",
      "--quiet",
      "--name",
      "old_web",
      "--network",
      "name=old_default,alias=web",
    ],
    ...["--label", "com.docker.stack.namespace=old", "--label", "com.docker.stack.image=lab/web:1"],
    ...[
      "--container-label",
      "com.docker.stack.namespace=old",
      "--env",
      "PRICE=5$",
      "--no-resolve-image",
      "lab/web:1",
    ],
  );
  await page.goto("/c/local/stacks/old/file");
  await page.getByRole("button", { name: "Rebuild the file from what runs" }).click();
  await expect(page.getByRole("textbox", { name: "docker-compose.yml", exact: true })).toContainText(
    "PRICE: 5$$",
  );
  await picture(page, "adopt");
  await page.getByRole("button", { name: "Plan", exact: true }).click();
  await expect(page.getByText("nothing is different")).toBeVisible();
  await lab.docker("node1", "stack", "rm", "old");
});

test("what was changed outside is marked; a stack is removed by its name", async ({ page, lab }) => {
  await lab.docker("node1", "service", "scale", "--detach", "blog_web=1");
  await page.goto("/c/local/stacks/blog");
  await expect(page.getByText("1 service is not as the last deploy left it.")).toBeVisible({
    timeout: 20_000,
  });
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.locator("[data-slot=drift]")).toContainText("Replicas");
  await picture(page, "drift");
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Remove blog" });
  await expect(dialog).toContainText("blog_cache, blog_web");
  await dialog.getByRole("textbox").fill("blog");
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(page).toHaveURL(/\/stacks$/, { timeout: 45_000 });
});
