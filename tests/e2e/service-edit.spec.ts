import { expect, type Page } from "@playwright/test";
import type { Lab } from "../lab/lab.ts";
import { expectAccessible, test } from "./signed-in.ts";

const widths = [1440, 390] as const;

/** Pictures to look at, and what must hold on each: nothing scrolls sideways, everybody can read it. */
async function picture(page: Page, name: string): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await expect(page.locator("html")).toHaveCSS("color-scheme", colorScheme);
      await page.screenshot({ path: `test-results/screens/edit-${name}-${width}-${colorScheme}.png` });
      await expectAccessible(page, colorScheme === "light" ? undefined : ["color-contrast"]);
    }
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(tooWide, `${name} scrolls sideways at ${width}`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
}

const create = (lab: Lab, name: string, ...options: string[]) =>
  lab.docker(
    "node1", "service", "create", "--detach", "--quiet", "--no-resolve-image", "--name", name,
    "--update-monitor", "1s", "--stop-grace-period", "1s", ...options, "lab/web:1",
  ); // biome-ignore format: options in pairs
const inspect = (lab: Lab, name: string, what: string) =>
  lab.docker("node1", "service", "inspect", "--format", `{{json .Spec.${what}}}`, name);
const field = (page: Page, name: string) => page.locator(`[data-field=${name}]`);
const effect = (page: Page) => page.locator("[data-slot=edit-effect]");

test.setTimeout(150_000);
test.afterAll(async ({ lab }) => {
  for (const name of ["shop", "argued", "made", "made-too"]) {
    await lab.docker("node1", "service", "rm", name).catch(() => undefined);
  }
});

test("image, variables and resources are changed, after a look at what that does", async ({ page, lab }) => {
  await create(lab, "shop", "--replicas", "2", "--env", "TOKEN=hidden-value", "--label", "team=a");
  await page.goto("/c/local/services/shop");
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Edit shop" })).toBeVisible();
  await picture(page, "form");
  // The value of a variable is there only once it was asked for.
  await expect(page.locator("body")).not.toContainText("hidden-value");
  await page.getByRole("button", { name: "Show to edit" }).click();
  await expect(field(page, "env")).toHaveValue("TOKEN=hidden-value");
  await page.getByText("Paste a .env file").click();
  await page
    .getByLabel("Content of a .env file")
    .fill('# my file\nexport TOKEN="brand-new-value"\nMODE=live\n');
  await page.getByRole("button", { name: "Add these variables" }).click();
  await expect(field(page, "env")).toHaveValue("TOKEN=brand-new-value\nMODE=live");
  await field(page, "image").fill("lab/web:2");
  await field(page, "limitMemory").fill("lots");
  await field(page, "limitCpu").focus();
  await expect(page.getByText("lots is not a size. Write 64M or 1G.")).toBeVisible();
  await field(page, "limitMemory").fill("64M");
  await page.getByRole("button", { name: "Review" }).click();

  await expect(effect(page)).toHaveText(/^Replaces 2 tasks, 1 at a time, stop-first(; about \d+ s)?\.$/);
  const words = page.locator("[data-slot=change-list]");
  await expect(words).toContainText("lab/web:2");
  await expect(words).toContainText("64 MB");
  await expect(page.locator("[data-slot=raw-diff]")).toContainText("TOKEN=(hidden, another value)");
  await expect(page.locator("body")).not.toContainText("brand-new-value");
  await expect(page.getByText(/The registry of lab\/web:2 did not say/)).toBeVisible();
  await picture(page, "review");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.locator("[data-operation]")).toBeVisible();
  await expect(page.locator("[data-operation]")).toContainText("Update to 2");
  expect(await inspect(lab, "shop", "TaskTemplate.ContainerSpec.Env")).toContain(
    '["TOKEN=brand-new-value","MODE=live"]',
  );
  expect(await inspect(lab, "shop", "TaskTemplate.Resources.Limits")).toContain('"MemoryBytes":67108864');
  expect(await inspect(lab, "shop", "Labels")).toContain('{"team":"a"}');
  await expect(page.locator("[data-operation]")).toHaveAttribute("data-operation", "completed", {
    timeout: 60_000,
  });
});

test("what somebody else has changed is shown field by field, with both values and a choice", async ({
  page,
  lab,
}) => {
  await create(lab, "argued", "--label", "a=1", "--label", "b=1", "--constraint", "node.role==nothing");
  await page.goto("/c/local/services/argued/edit");
  await field(page, "user").fill("1000");
  await field(page, "labels").fill("a=mine\nb=mine");
  await lab.docker(
    "node1", "service", "update", "--detach", "--quiet", "--user", "2000", "--label-add", "a=theirs",
    "--label-add", "c=theirs", "argued",
  ); // biome-ignore format: options in pairs
  await page.getByRole("button", { name: "Review" }).click();
  const conflicts = page.locator("[data-slot=edit-conflicts]");
  await expect(conflicts).toContainText("User");
  await expect(conflicts).toContainText("2000");
  await expect(conflicts).toContainText("1000");
  await expect(conflicts).toContainText("Service labels: a");
  await picture(page, "conflict");
  await conflicts.getByRole("radiogroup", { name: "User" }).getByRole("radio", { name: /Mine/ }).click();
  await conflicts.getByRole("button", { name: "Go on with these" }).click();
  await expect(page.locator("[data-slot=change-list]")).toContainText("1000");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/\/services\/\w+$/);
  expect(await inspect(lab, "argued", "Labels")).toContain('{"a":"theirs","b":"mine","c":"theirs"}');
  expect(await inspect(lab, "argued", "TaskTemplate.ContainerSpec.User")).toContain('"1000"');
});

test.describe("as a whole", () => {
  test.use({ allowedErrors: [/400/] });
  test("the whole specification is edited as JSON", async ({ page, lab }) => {
    await page.goto("/c/local/services/argued/edit");
    await page.getByRole("radio", { name: "JSON" }).click();
    const text = page.getByRole("textbox", { name: "JSON" });
    await expect(text).toHaveValue(/"Name": "argued"/);
    await picture(page, "json");
    const before = await text.inputValue();
    await text.fill(before.replace('"b": "mine"', '"b": "whole",\n    "b": "twice"'));
    await page.getByRole("button", { name: "Review" }).click();
    await expect(page.getByText("Labels.b is there twice.")).toBeVisible();
    await text.fill(before.replace('"b": "mine"', '"b": "whole"'));
    await page.getByRole("button", { name: "Review" }).click();
    await expect(effect(page)).toHaveText("Changes labels only: no task restarts.");
    await page.getByRole("button", { name: "Apply" }).click();
    await expect(page).toHaveURL(/\/services\/\w+$/);
    expect(await inspect(lab, "argued", "Labels")).toContain('"b":"whole"');
  });
});

test("a service is made, copied and exported", async ({ page, lab }) => {
  await page.goto("/c/local/services");
  await page.getByRole("link", { name: "New service" }).click();
  await expect(page.getByRole("heading", { name: "New service" })).toBeVisible();
  await picture(page, "create");
  // What is missing is said, and nothing is sent.
  await page.getByRole("button", { name: "Review" }).click();
  await expect(page.getByText("Image: A service needs an image.")).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill("made");
  await field(page, "image").fill("lab/web:1");
  await field(page, "env").fill("MODE=live\nKEY=secret-of-made");
  await field(page, "ports").fill("18085:8080");
  await field(page, "constraints").fill("node.role==manager");
  await asksBeforeLeaving(page);
  await page.getByRole("button", { name: "Review" }).click();
  await expect(page.getByRole("heading", { name: "Review the new service made" })).toBeVisible();
  await expect(effect(page)).toHaveText("Starts 1 task on the 1 node that fits.");
  await expect(page.getByRole("figure", { name: "As a command" })).toContainText("--env 'KEY=");
  await expect(page.locator("main")).not.toContainText("secret-of-made");
  await picture(page, "create-review");
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("heading", { name: "made" })).toBeVisible();
  await expect(page.locator("[data-operation]")).toContainText("Create");
  await expect(page.locator("[data-operation]")).toHaveAttribute("data-operation", "completed", {
    timeout: 60_000,
  });
  expect(await inspect(lab, "made", "EndpointSpec.Ports")).toContain('"PublishedPort":18085');

  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Export made" }).click();
  const dialog = page.getByRole("dialog", { name: "Export made" });
  await dialog.getByRole("button", { name: "As docker command" }).click();
  await expect(dialog.getByRole("figure")).toContainText("--env KEY=secret-of-made");
  await dialog.getByRole("button", { name: "As compose file" }).click();
  await expect(dialog.getByRole("figure")).toContainText("18085");
  await picture(page, "export");
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Duplicate made" }).click();
  await expect(page.getByRole("heading", { name: "Copy of made" })).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill("made-too");
  await expect(field(page, "ports")).toHaveValue("8080/tcp");
  await picture(page, "copy");
  await page.getByRole("button", { name: "Review" }).click();
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("heading", { name: "made-too" })).toBeVisible();
  // Values that nobody has looked at are taken over.
  expect(await inspect(lab, "made-too", "TaskTemplate.ContainerSpec.Env")).toContain("KEY=secret-of-made");
});

test("editing is a command of the palette and a button of the row", async ({ page }) => {
  await page.goto("/c/local/services");
  await expect(page.getByRole("link", { name: "Edit made", exact: true })).toHaveAttribute("href", /\/edit$/);
  const palette = page.getByRole("combobox", { name: "Search or act" });
  // The first press may come before the page has its code.
  await expect(async () => {
    if (!(await palette.isVisible())) await page.keyboard.press("Control+k");
    await expect(palette).toBeFocused({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.type("edit made-too");
  await expect(page.getByRole("option", { selected: true })).toContainText("Edit made-too");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Edit made-too" })).toBeVisible();
  await page.getByText("All fields").click();
  await expect(field(page, "capAdd")).toBeVisible();
  await picture(page, "all");
});

/** What was typed is not lost by a link or a step back unless one says so. */
async function asksBeforeLeaving(page: Page) {
  const question = page.getByRole("alertdialog", { name: "Leave this page?" });
  const leavers = [
    () =>
      page
        .getByRole("link", { name: /^Nodes/ })
        .first()
        .click(),
    // Playwright's own step back waits for a page that does not come.
    () => page.evaluate(() => history.back()),
  ];
  for (const leaveIt of leavers) {
    await leaveIt();
    await question.getByRole("button", { name: "Cancel" }).click();
    await expect(question).toBeHidden();
    await expect(field(page, "image")).toHaveValue("lab/web:1");
  }
}
