import { expect, type Page } from "@playwright/test";
import { waitFor } from "../lab/wait.ts";
import { expectAccessible, test } from "./signed-in.ts";

test.beforeAll(async ({ lab }) => {
  for (const name of ["web_frontend", "api"]) {
    const options = ["--detach", "--quiet", "--name", name, "--reserve-memory", "16M", "lab/web:1"];
    await lab.docker("node1", "service", "create", ...options);
  }
});
test.afterAll(async ({ lab }) => {
  await lab.docker("node1", "service", "rm", "web_frontend", "api").catch(() => undefined);
});

const open = async (page: Page) => {
  const field = page.getByRole("combobox", { name: "Search or act" });
  // The first press may come before the page has its code.
  await expect(async () => {
    if (!(await field.isVisible())) await page.keyboard.press("Control+k");
    await expect(field).toBeFocused({ timeout: 1_000 });
  }).toPass();
  return field;
};
const chosen = (page: Page) => page.getByRole("option", { selected: true });

test("by keyboard alone: scale with its consequence, go to a node, and back out", async ({ page, lab }) => {
  await page.goto("/c/local/map");
  const field = await open(page);
  await page.keyboard.type("scale fro 3");
  await expect(chosen(page)).toContainText("Scale web_frontend from 1 to 3");
  await expect(chosen(page)).toContainText("2 more tasks start. Each needs 16 MB");
  await expect(chosen(page)).toContainText("there is room on 3 nodes.");
  await expect(field).toHaveAttribute("aria-activedescendant", (await chosen(page).getAttribute("id")) ?? "");
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(field).toHaveCount(0);
  await waitFor("three replicas", async () => {
    const format = "{{.Spec.Mode.Replicated.Replicas}}";
    return (await lab.docker("node1", "service", "inspect", "--format", format, "web_frontend")) === "3";
  });

  await open(page);
  await page.keyboard.type("node2");
  await expect(chosen(page)).toContainText("node2");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "node2" })).toBeVisible();

  // What stops something asks first; Escape leaves everything as it is.
  await open(page);
  await page.keyboard.type("scale api 0");
  await expect(chosen(page)).toContainText("Its only task is stopped.");
  await expect(chosen(page)).toContainText("You are asked first.");
  await page.keyboard.press("Enter");
  const question = page.getByRole("alertdialog", { name: "Scale api to 0" });
  await expect(question).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(question).toHaveCount(0);

  await open(page);
  await page.keyboard.type("drain node3");
  await page.keyboard.press("ArrowDown");
  await expect(chosen(page)).not.toContainText("Drain");
  await page.keyboard.press("ArrowUp");
  await expect(chosen(page)).toContainText("Drain node3");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("combobox", { name: "Search or act" })).toHaveCount(0);
});

test("keys of an input method are not ours, and a click on the button opens it, too", async ({ page }) => {
  await page.goto("/c/local/services");
  await page.getByRole("button", { name: "Search or act" }).click();
  const field = page.getByRole("combobox", { name: "Search or act" });
  await field.fill("api");
  await field.dispatchEvent("keydown", { key: "Enter", isComposing: true, bubbles: true });
  await expect(field).toBeVisible();
  await expect(page).toHaveURL(/\/services$/);
  await field.press("Enter");
  await expect(page.getByRole("heading", { name: "api" })).toBeVisible();
});

test("a view is saved, opened again from another one, renamed and deleted", async ({ page }) => {
  await page.goto("/c/local/services?q=front");
  const menu = page.getByRole("button", { name: "Saved", exact: true });
  await menu.click();
  await page.getByRole("menuitem", { name: "Save this view" }).click();
  await page.getByLabel("Name", { exact: true }).fill("The front");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved as The front.")).toBeVisible();

  await page.goto("/c/local/services");
  await menu.click();
  await page.getByRole("menuitem", { name: "The front" }).click();
  await expect(page).toHaveURL(/\?q=front$/);
  await expect(page.getByRole("link", { name: "api" })).toHaveCount(0);

  await menu.click();
  await page.getByRole("menuitem", { name: "Rename or delete" }).click();
  await page.getByLabel("Name of The front").fill("Front");
  await page.getByRole("button", { name: "Rename", exact: true }).click();
  await page.getByRole("button", { name: "Delete Front" }).click();
  await expect(page.getByText("No saved views of this page yet.")).toBeVisible();
});
