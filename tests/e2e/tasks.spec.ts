import { expect, type Page } from "@playwright/test";
import type { Lab } from "../lab/lab.ts";
import { expectAccessible, test } from "./signed-in.ts";

const create = (lab: Lab, name: string, ...options: string[]) =>
  lab.docker("node1", "service", "create", "--detach", "--quiet", "--name", name, ...options, "lab/web:1");
const rows = (page: Page) => page.getByRole("table", { name: "Tasks" }).locator("tbody tr[data-key]");
const row = (page: Page, name: string) => rows(page).filter({ hasText: name });
const drawer = (page: Page) => page.locator('[data-slot="drawer"]');

test.beforeAll(async ({ lab }) => {
  await create(lab, "web", "--replicas", "2");
  await create(lab, "hungry", "--reserve-memory", "2000g");
  await create(lab, "picky", "--constraint", "node.labels.gpu==true");
  await create(lab, "crasher", "--env", "CRASH_AFTER=0", "--restart-delay", "1s");
});
test.afterAll(async ({ lab }) => {
  await lab.docker("node1", "service", "rm", "web", "hungry", "picky", "crasher").catch(() => undefined);
  await lab.docker("node1", "node", "update", "--label-rm", "gpu", "node2").catch(() => undefined);
});

test("trouble first, and a filter that the address keeps", async ({ page }) => {
  await page.goto("/c/local/tasks");
  await expect(row(page, "web.1")).toContainText("running");
  await expect(row(page, "hungry.1")).toContainText("not enough memory on 3 nodes");
  const names = await rows(page).allInnerTexts();
  const at = (name: string) => names.findIndex((text) => text.includes(name));
  expect(at("hungry.1")).toBeLessThan(at("web.1"));

  await page.locator('[data-slot="filter-bar"]').getByRole("button", { name: "State" }).click();
  await page.getByRole("menuitemcheckbox", { name: /^Waiting/ }).click();
  await page.keyboard.press("Escape");
  await expect(rows(page)).toHaveCount(2);
  expect(new URL(page.url()).searchParams.getAll("state")).toEqual(["waiting"]);
  await page.reload();
  await expect(rows(page)).toHaveCount(2);
  await page.goto("/c/local/tasks?service=web&node=-");
  await expect(page.getByText("Nothing matches the filter.")).toBeVisible();
  await page.getByRole("button", { name: "Clear the filter" }).last().click();
  await expect(row(page, "web.2")).toBeVisible();
});

test("a waiting task says per node why not, with the arithmetic, until a node takes it", async ({
  page,
  lab,
}) => {
  await page.goto("/c/local/tasks");
  await row(page, "hungry.1").click();
  const table = drawer(page).locator('[data-slot="task-placement"] tbody tr');
  for (const node of ["node1", "node2", "node3"]) {
    await expect(table.filter({ hasText: node })).toContainText(
      /needs 2 TB memory, [\d.]+ GB free of [\d.]+ GB/,
    );
  }
  expect(new URL(page.url()).searchParams.get("task")).not.toBeNull();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(drawer(page)).toHaveCount(0);
  await expect(row(page, "hungry.1")).toBeFocused();

  await row(page, "picky.1").click();
  await expect(table).toHaveCount(1);
  await expect(table).toContainText("node.labels.gpu==true: the label is not set");
  for (const node of ["node1", "node2", "node3"]) await expect(table).toContainText(node);
  await lab.docker("node1", "node", "update", "--label-add", "gpu=true", "node2");
  await expect(drawer(page).locator('[data-slot="task-state"]')).toContainText("node2");
  await expect(table).toHaveCount(0);
});

test("the service page and the map say the same", async ({ page }) => {
  await page.goto("/c/local/services/hungry");
  await expect(page.locator('[data-slot="task-placement"]')).toContainText(/needs 2 TB memory/);
  await page.goto("/c/local/map");
  // Another one may be without a place for a moment, too.
  await page
    .locator('[data-slot="unplaced"]')
    .getByRole("button", { name: /^hungry/ })
    .first()
    .hover();
  await expect(page.locator('[data-slot="task-card"]')).toContainText(/needs 2 TB memory/);
});

test("earlier tasks are read when somebody asks for them", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => request.url().includes("history=1") && asked.push(request.url()));
  await page.goto("/c/local/tasks?q=crasher");
  await expect(row(page, "crasher.1").first()).toBeVisible();
  expect(asked).toEqual([]);
  await page.getByRole("radio", { name: "With earlier" }).click();
  await expect
    .poll(() => row(page, "crasher.1").filter({ hasText: "exit 1, the program reported an error" }).count())
    .toBeGreaterThanOrEqual(3);
  expect(new URL(page.url()).searchParams.get("earlier")).toBe("1");
  await page.getByRole("radio", { name: "Now" }).click();
  await expect.poll(() => rows(page).count()).toBeLessThanOrEqual(2);
});

test("keys and the bar of a phone lead everywhere", async ({ page }) => {
  await page.goto("/c/local/map");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  for (const [key, path] of [
    ["t", "tasks"],
    ["k", "stacks"],
    ["r", "networks"],
    ["s", "services"],
  ] as const) {
    await page.keyboard.press("g");
    await page.keyboard.press(key);
    await expect(page).toHaveURL(new RegExp(`/c/local/${path}$`));
  }
  await page.setViewportSize({ width: 390, height: 844 });
  const bar = page.locator('[data-slot="bottom-bar"]');
  await bar.getByRole("link", { name: "Tasks" }).click();
  await expect(page).toHaveURL(/\/c\/local\/tasks$/);
  await bar.getByRole("button", { name: "More" }).click();
  const sheet = page.getByRole("dialog", { name: "More" });
  await expect(sheet.getByRole("button", { name: "Sign out" })).toBeVisible();
  await expectAccessible(page);
  await sheet.getByRole("link", { name: "Resources" }).click();
  await expect(page).toHaveURL(/\/c\/local\/networks$/);
  await expect(sheet).toHaveCount(0);
  await expect(bar.getByRole("button", { name: "More" })).toBeVisible();
});
