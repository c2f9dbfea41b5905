import { expect, type Page } from "@playwright/test";
import type { Lab } from "../lab/lab.ts";
import { waitFor } from "../lab/wait.ts";
import { expectAccessible, test } from "./signed-in.ts";

const create = (lab: Lab, name: string, ...options: string[]) =>
  lab.docker("node1", "service", "create", "--detach", "--quiet", "--name", name, ...options, "lab/web:1");
const row = (page: Page, name: string) =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name }) });
const replicasOf = (page: Page, name: string) => page.getByRole("group", { name: new RegExp(`: ${name}$`) });
const replicas = async (lab: Lab, name: string) =>
  Number(
    await lab.docker("node1", "service", "inspect", "--format", "{{.Spec.Mode.Replicated.Replicas}}", name),
  );

test.beforeAll(async ({ lab }) => {
  await create(lab, "web", "--replicas", "2");
  await create(lab, "api");
});
test.afterAll(async ({ lab }) => {
  await lab.docker("node1", "service", "rm", "web", "api").catch(() => undefined);
});

test("the table follows the command line, without a reload", async ({ page, lab }) => {
  await page.goto("/c/local/services");
  await expect(replicasOf(page, "web")).toHaveAccessibleName("2 of 2 running: web");
  await page.evaluate(() => {
    document.body.dataset.same = "yes";
  });
  await lab.docker("node1", "service", "scale", "--detach", "web=5");
  await expect(replicasOf(page, "web")).toHaveAccessibleName("5 of 5 running: web");
  await create(lab, "newcomer");
  await expect(row(page, "newcomer")).toBeVisible();
  await lab.docker("node1", "service", "rm", "newcomer");
  // A row that goes away is greyed until the pointer leaves the table, then it is gone.
  await expect(row(page, "newcomer")).toHaveCount(0);
  await lab.docker("node1", "service", "scale", "--detach", "web=2");
  await expect(replicasOf(page, "web")).toHaveAccessibleName("2 of 2 running: web");
  expect(await page.evaluate(() => document.body.dataset.same)).toBe("yes");
});

test("scale in the row, with one click and with a question before nothing is left", async ({ page, lab }) => {
  await page.goto("/c/local/services");
  await page.getByRole("button", { name: "One more: web" }).click();
  await expect(replicasOf(page, "web")).toHaveAccessibleName("3 of 3 running: web");
  expect(await replicas(lab, "web")).toBe(3);
  const fewer = page.getByRole("button", { name: "One fewer: api" });
  await fewer.click();
  const dialog = page.getByRole("alertdialog", { name: "Scale api to 0" });
  await expect(dialog).toContainText("Its only task is stopped.");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(replicasOf(page, "api")).toHaveAccessibleName("1 of 1 running: api");
  expect(await replicas(lab, "api")).toBe(1);
  await fewer.click();
  await dialog.getByRole("button", { name: "Scale to 0" }).click();
  await expect(row(page, "api")).toContainText("Off");
  await page.getByRole("button", { name: "One more: api" }).click();
  await expect(replicasOf(page, "api")).toHaveAccessibleName("1 of 1 running: api");
});

test("restart from the row", async ({ page, lab }) => {
  const counter = () =>
    lab.docker("node1", "service", "inspect", "--format", "{{.Spec.TaskTemplate.ForceUpdate}}", "api");
  const before = Number(await counter());
  await page.goto("/c/local/services");
  await row(page, "api").hover();
  await page.getByRole("button", { name: "Restart api" }).click();
  await expect(page.getByText("api: its task is replaced by a new one.")).toBeVisible();
  await waitFor("the restart", async () => Number(await counter()) === before + 1);
  await expect(replicasOf(page, "api")).toHaveAccessibleName("1 of 1 running: api");
});

test("several at once: one dialog says what happens to each", async ({ page, lab }) => {
  await page.goto("/c/local/services");
  await page.getByRole("checkbox", { name: "Select web" }).click();
  await page.getByRole("checkbox", { name: "Select api" }).click();
  await expect(page.getByText("2 selected")).toBeVisible();
  await page.getByRole("button", { name: "Scale", exact: true }).click();
  const dialog = page.getByRole("alertdialog", { name: "Scale 2 services" });
  await dialog.getByLabel("Replicas of each").fill("2");
  await expect(dialog).toContainText("1 → 2");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Scale", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(replicasOf(page, "api")).toHaveAccessibleName("2 of 2 running: api");
  await expect(replicasOf(page, "web")).toHaveAccessibleName("2 of 2 running: web");
  expect(await replicas(lab, "web")).toBe(2);
});

test("filters stand in the address, and the detail page tells tasks and specification", async ({ page }) => {
  await page.goto("/c/local/services");
  await page.getByPlaceholder("Filter by name, image, error").fill("ap");
  await expect(row(page, "web")).toHaveCount(0);
  await expect(page).toHaveURL(/[?&]q=ap/);
  await page.reload();
  await expect(row(page, "api")).toBeVisible();
  await expect(row(page, "web")).toHaveCount(0);
  await page.getByRole("link", { name: "api", exact: true }).click();
  await expect(page).toHaveURL(/\/c\/local\/services\/\w+/);
  await expect(page.getByRole("heading", { name: "api", exact: true })).toBeVisible();
  await expect(page.getByText("Specification")).toBeVisible();
  await expect(page.getByText("lab/web").first()).toBeVisible();
  await page.goto("/c/local/services/web");
  await expect(page.getByRole("heading", { name: "web", exact: true })).toBeVisible();
});

test("hostile labels, environment and arguments are text", async ({ page, lab }) => {
  const markup = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>`;
  await create(
    lab, "hostile", "--label", `evil=${markup}`, "--label", `big=${"A".repeat(100_000)}`,
    "--label", "control=\u0007\u001b[31mred\u202eesrever", "--env", `X=${markup}`, "--container-label", `c=${markup}`,
    "--label", `com.docker.stack.namespace=${markup}`, "--hostname", "{{.Node.Hostname}}",
  ); // biome-ignore format: options in pairs
  try {
    await page.goto("/c/local/services");
    await expect(row(page, "hostile")).toBeVisible();
    await page.getByRole("link", { name: /^hostile/ }).click();
    await expect(page.getByText("onerror=").first()).toBeVisible();
    await page.getByRole("button", { name: "Show values" }).click();
    await expect(page.getByText(/X=<img|<img src=x/).first()).toBeVisible();
    expect(await page.evaluate(() => "hacked" in window)).toBe(false);
    expect(await page.locator("img[src=x]").count()).toBe(0);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Remove" }).click();
    const dialog = page.getByRole("alertdialog", { name: "Remove hostile" });
    await dialog.getByRole("button", { name: "Remove" }).click();
    await expect(page).toHaveURL(/\/services$/);
    await expect(row(page, "hostile")).toHaveCount(0);
  } finally {
    await lab.docker("node1", "service", "rm", "hostile").catch(() => undefined);
  }
});
