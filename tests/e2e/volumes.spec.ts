import { expect, type Page } from "@playwright/test";
import { test } from "./agents-lab.ts";
import { expectAccessible } from "./signed-in.ts";

const row = (page: Page, name: string) => page.locator("tr[data-key]").filter({ hasText: name });
const open = "/c/local/volumes/box?node=node1";

test.beforeAll(async ({ lab, agentsOn, shoal }) => {
  await agentsOn.join("node1");
  await lab.docker("node1", "volume", "create", "box");
  await expect
    .poll(async () => (await shoal.api("GET", "/api/v1/clusters/local/volumes/box?node=node1")).status, {
      timeout: 30_000,
    })
    .toBe(200);
});
test.afterAll(async ({ lab }) => {
  await lab.docker("node1", "volume", "rm", "box").catch(() => undefined);
});

test("a volume is made, found unused, and removed by the preview", async ({ page, lab }) => {
  await page.goto("/c/local/volumes");
  await page.getByRole("button", { name: "New volume" }).click();
  const dialog = page.getByRole("dialog", { name: "New volume" });
  await expect(dialog).toContainText("shows a folder of the node");
  await dialog.getByLabel("Name", { exact: true }).fill("fresh");
  await dialog.getByRole("button", { name: "Make" }).click();
  await expect(page).toHaveURL(/\/volumes\/fresh\?node=node1/);
  await page.goto("/c/local/volumes");
  await expect(row(page, "fresh")).toContainText("unused");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Remove unused" }).click();
  const ask = page.getByRole("alertdialog", { name: "Remove unused volumes" });
  await expect(ask).toContainText("fresh");
  await lab.docker("node1", "run", "--detach", "--name", "keeper", "--volume", "box:/x", "lab/web:1");
  await ask.getByRole("button", { name: /^Remove \d+ volume/ }).click();
  // Used since the preview: left alone, and said.
  await expect(ask).toContainText("box is in use now");
  await page.keyboard.press("Escape");
  // Rows keep their place while the pointer or the focus is among them.
  await page.mouse.move(5, 5);
  await expect(row(page, "fresh")).toHaveCount(0);
  await expect(row(page, "box").getByRole("link", { name: "keeper" })).toBeVisible();
  await lab.docker("node1", "rm", "--force", "keeper");
});

test("files go up, come down, and are renamed and deleted", async ({ page }) => {
  await page.goto(open);
  await expect(page.getByText("This folder is empty.")).toBeVisible();
  await page.getByRole("button", { name: "New folder" }).click();
  await page.getByRole("alertdialog").getByLabel("Name").fill("conf");
  await page.getByRole("alertdialog").getByRole("button", { name: "Make" }).click();
  await row(page, "conf").getByRole("button", { name: "conf", exact: true }).click();
  await expect(page).toHaveURL(/path=conf/);
  const file = { name: "ünï.txt", mimeType: "text/plain", buffer: Buffer.from("hello") };
  await page.locator("input[type=file]").setInputFiles(file);
  await expect(row(page, "ünï.txt")).toContainText("5 B");
  await expectAccessible(page);
  const download = page.waitForEvent("download");
  await row(page, "ünï.txt").getByRole("link").click();
  expect((await download).suggestedFilename()).toBe("ünï.txt");
  await page.locator("input[type=file]").setInputFiles({ ...file, buffer: Buffer.from("hello again") });
  await page.getByRole("alertdialog").getByRole("button", { name: "Replace" }).click();
  await expect(row(page, "ünï.txt")).toContainText("11 B");
  await row(page, "ünï.txt").getByRole("button", { name: "Actions for ünï.txt" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.getByRole("alertdialog").getByLabel("Name").fill("new.txt");
  await page.getByRole("alertdialog").getByRole("button", { name: "Rename" }).click();
  await page.mouse.move(5, 5);
  await expect(row(page, "new.txt")).toBeVisible();
  await page.getByRole("navigation", { name: "Folder" }).getByRole("button", { name: "box" }).click();
  await row(page, "conf").getByRole("button", { name: "Actions for conf" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("This folder is empty.")).toBeVisible();
});
