import { expect, type Page } from "@playwright/test";
import type { Lab } from "../lab/lab.ts";
import { expectAccessible, test } from "./signed-in.ts";

const create = (lab: Lab, name: string, ...options: string[]) =>
  lab.docker(
    "node1", "service", "create", "--detach", "--quiet", "--name", name,
    "--update-monitor", "2s", "--stop-grace-period", "1s", "--restart-delay", "1s", ...options, "lab/web:1",
  ); // biome-ignore format: options in pairs
const panel = (page: Page) => page.locator("[data-operation]");
const lanes = (page: Page) => page.locator("[data-lane]");
const words = (page: Page) => page.locator("[data-slot=operation-words]");

test.setTimeout(150_000);
test.beforeAll(async ({ lab }) => {
  await create(lab, "flow", "--replicas", "3", "--update-delay", "3s");
});
test.afterAll(async ({ lab }) => {
  await lab.docker("node1", "service", "rm", "flow").catch(() => undefined);
});

test("a restart is watched slot by slot, over a reload, to its end", async ({ page }) => {
  await page.goto("/c/local/services/flow");
  await expect(page.getByText(/^3 of 3 running|Healthy|Running/).first()).toBeVisible();
  await page.getByRole("button", { name: "Restart", exact: true }).click();
  await expect(panel(page)).toHaveAttribute("data-operation", "running");
  await expect(lanes(page)).toHaveCount(3);
  await expect(page.locator("[data-phase=old]").first()).toBeVisible();
  await expect(page.locator("[data-phase=running]").first()).toBeVisible({ timeout: 40_000 });
  await expect(words(page)).toHaveText(/^[12] of 3 tasks replaced\.$/);
  // The navigation says that something is going on, wherever one is.
  await expect(page.getByRole("link", { name: /Activity\s*1/ })).toBeVisible();
  await page.reload();
  await expect(lanes(page)).toHaveCount(3);
  await expect(page.locator("[data-phase=running]").first()).toBeVisible();
  await expectAccessible(page);
  // The end is one line that opens.
  await expect(panel(page)).toHaveAttribute("data-operation", "completed", { timeout: 60_000 });
  await expect(lanes(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Show" }).click();
  await expect(words(page)).toHaveText("All 3 new tasks run.");
  await expect(lanes(page)).toHaveCount(3);
  await expect(lanes(page).first()).toHaveAccessibleName(/took \d+ s/);

  await page.getByRole("link", { name: "Activity" }).click();
  await expect(page.getByRole("heading", { name: "Activity" })).toBeVisible();
  await page.getByRole("link", { name: "Restart" }).first().click();
  await expect(page.getByRole("heading", { name: "flow" })).toBeVisible();
  await expect(lanes(page)).toHaveCount(3);
});

test("revisions: compare two, in words and line by line, and roll back", async ({ page, lab }) => {
  const first = await lab.docker(
    "node1",
    "service",
    "inspect",
    "--format",
    "{{.Spec.TaskTemplate.ContainerSpec.Image}}",
    "flow",
  );
  await lab.docker(
    "node1",
    "service",
    "update",
    "--detach",
    "--quiet",
    "--no-resolve-image",
    "--image",
    "lab/web:2",
    "--env-add",
    "TOKEN=hidden",
    "--update-delay",
    "0s",
    "flow",
  );
  await page.goto("/c/local/services/flow");
  await page.getByRole("link", { name: "Revisions" }).click();
  await expect(page).toHaveURL(/\/revisions$/);
  const newest = page.getByRole("row").filter({ hasText: "Image lab/web:1 → lab/web:2" });
  await expect(newest).toContainText("outside of Shoal");
  await expect(page.getByText("docker service rollback")).toBeVisible();
  await newest.click();
  const dialog = page.getByRole("dialog", { name: "Difference" });
  await expect(dialog).toContainText("lab/web:2");
  await expect(dialog).toContainText("TOKEN");
  await expect(dialog).not.toContainText("hidden");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Show the difference line by line" }).click();
  await expect(dialog.getByText(/\+\s+"TOKEN=hidden"/)).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).last().click();

  const oldest = page.getByRole("row").filter({ hasText: "As Shoal first saw it" });
  await oldest.hover();
  await oldest.getByRole("button", { name: "Roll back to this" }).click();
  const question = page.getByRole("alertdialog", { name: "Roll flow back" });
  await expect(question).toContainText("3 tasks are replaced, 1 at a time.");
  await expect(question).toContainText("lab/web:1");
  await question.getByRole("button", { name: "Roll back" }).click();
  await expect(page).toHaveURL(/\/services\/\w+$/);
  await expect(panel(page)).toContainText("Roll back to 1");
  await expect(panel(page)).toHaveAttribute("data-operation", "completed", { timeout: 90_000 });
  const now = await lab.docker(
    "node1",
    "service",
    "inspect",
    "--format",
    "{{.Spec.TaskTemplate.ContainerSpec.Image}}",
    "flow",
  );
  expect(now).toBe(first);
});
