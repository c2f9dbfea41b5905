import { expect, type Locator, type Page } from "@playwright/test";
import { test } from "./agents-lab.ts";
import { expectAccessible } from "./signed-in.ts";

test.use({ labSize: { nodes: 2, managers: 1 } });
// A removed cluster is asked for on purpose.
test.use({ allowedErrors: [/40[49]/] });
test.describe.configure({ mode: "serial" });

const card = (page: Page, id: string) => page.locator(`[data-slot=cluster-glance][data-cluster="${id}"]`);
const switcher = (page: Page) => page.getByRole("button", { name: /Choose another cluster$/ });

// node2 leaves the swarm of node1 and becomes an engine of its own: a second cluster.
test.beforeAll(async ({ lab, agentsOn }) => {
  await lab.docker("node2", "swarm", "leave");
  await lab.docker("node1", "node", "rm", "--force", "node2");
  await lab.docker("node1", "service", "create", "--detach", "--quiet", "--name", "only-here", "lab/web:1");
  await agentsOn.join("node1");
});

test("with one cluster there is no home to go through", async ({ page }) => {
  await page.goto("/");
  await expect(page).toHaveURL(/\/c\/local\/map$/);
});

test("a cluster is added, waits for its first node, and is opened", async ({ page, agentsOn }) => {
  await page.goto("/c/local/services");
  await switcher(page).click();
  await page.getByRole("menuitem", { name: "Add cluster" }).click();
  const form = page.getByRole("dialog", { name: "Add a cluster" });
  await form.getByRole("button", { name: "Add cluster" }).click();
  await expect(form).toContainText("A cluster needs a name.");
  await form.getByLabel("Name").fill("Warehouse");
  await form.getByRole("button", { name: "Add cluster" }).click();
  const nodes = page.getByRole("dialog", { name: "Add nodes to Warehouse" });
  await expect(nodes).toContainText("Nobody yet.");
  await expect(card(page, "warehouse")).toContainText("No nodes yet");
  await agentsOn.join("node2", { cluster: "warehouse" });
  await expect(nodes.locator("[data-slot=reporting-nodes]")).toContainText("node2");
  await expectAccessible(page);
  await nodes.getByRole("link", { name: "Open Warehouse" }).click();
  await expect(page).toHaveURL(/\/c\/warehouse\/map$/);
  await expect(page.getByRole("heading", { name: "node2" })).toBeVisible();
});

test("the home shows both, live, and leads to them", async ({ page, lab }) => {
  await page.goto("/");
  await expect(page).toHaveURL(/\/clusters$/);
  await expect(card(page, "local")).toContainText("1 of 1 connected");
  await expect(card(page, "warehouse")).toContainText("A single engine");
  await expectAccessible(page);
  await lab.docker("node1", "service", "create", "--detach", "--quiet", "--name", "broken", "lab/nothing:1");
  await expect(card(page, "local")).toContainText("broken");
  await lab.docker("node1", "service", "rm", "broken");
  await expect(card(page, "local")).not.toContainText("broken");
  await card(page, "local").getByRole("link").first().click();
  await expect(page).toHaveURL(/\/c\/local\/map$/);
});

test("the switcher keeps the page, the palette knows the other, and a phone reaches it too", async ({
  page,
}) => {
  await page.goto("/c/local/agents");
  await switcher(page).press("Enter");
  await expect(page.getByRole("menuitem", { name: "Warehouse" })).toBeVisible();
  await page.getByRole("menuitem", { name: "Warehouse" }).press("Enter");
  await expect(page).toHaveURL(/\/c\/warehouse\/agents$/);
  await expect(page.locator("[data-slot=agents-sentence]")).toHaveText("The only node is connected.");
  const local = (await switcher(page).textContent()) ?? "";
  expect(local).toContain("Warehouse");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("cluster");
  await page.getByRole("option").filter({ hasText: "cluster" }).first().click();
  await expect(page).toHaveURL(/\/c\/local\/agents$/);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.locator("[data-slot=bottom-bar]").getByRole("button", { name: "More" }).click();
  await page.getByRole("dialog").getByRole("link", { name: "Warehouse" }).click();
  await expect(page).toHaveURL(/\/c\/warehouse\/agents$/);
});

test("pages of the server stand in the frame of the cluster one comes from", async ({ page }) => {
  await page.goto("/c/warehouse/agents");
  // Remembered once the page has come to life.
  await expect.poll(() => page.evaluate(() => document.cookie)).toContain("shoal_cluster=warehouse");
  await page.goto("/users");
  await expect(switcher(page)).toContainText("Warehouse");
});

test("what belongs to one cluster is not found under the other", async ({ shoal }) => {
  const { body } = await shoal.api("GET", "/api/v1/clusters/local/services/only-here");
  const { id } = (body as { service: { id: string } }).service;
  const agents = await shoal.api("GET", "/api/v1/clusters/local/agents");
  const agent = (agents.body as { items: { id: string }[] }).items[0]?.id;
  for (const path of [`services/${id}`, "services/only-here", "nodes/node1"]) {
    expect((await shoal.api("GET", `/api/v1/clusters/warehouse/${path}`)).status, path).not.toBe(200);
  }
  const revoke = await shoal.api("POST", `/api/v1/clusters/warehouse/agents/${agent}/revoke`, {});
  expect(revoke.status).toBe(404);
  expect((await shoal.api("DELETE", `/api/v1/clusters/warehouse/agents/${agent}`)).status).toBe(404);
});

test("a person is let into one of two clusters, sees this one alone, and changes show at once", async ({
  page,
  browser,
  shoal,
}, info) => {
  await page.goto("/users");
  await page.getByRole("button", { name: "Add user" }).click();
  const adding = page.getByRole("dialog", { name: "Add a user" });
  await adding.getByLabel("User name").fill("wanda");
  await adding.getByRole("radio", { name: /no access/ }).check();
  await adding.getByRole("button", { name: "Add cluster" }).click();
  await adding.getByLabel("Cluster", { exact: true }).selectOption("Warehouse");
  await adding.getByLabel("Role in Warehouse", { exact: true }).selectOption("operator");
  await adding.getByRole("button", { name: "Add user" }).click();
  const shown = page.getByRole("dialog", { name: "The password of wanda" });
  const password = (await shown.locator("code").textContent()) ?? "";
  await shown.getByRole("button", { name: "Done" }).click();
  const row = page.getByRole("row", { name: /wanda/ });
  await expect(row).toContainText("no access · operator in Warehouse");

  const theirs = await browser.newContext({ baseURL: shoal.url });
  const wanda = await theirs.newPage();
  await wanda.goto("/");
  await wanda.getByLabel("User name").fill("wanda");
  await wanda.getByLabel("Password", { exact: true }).fill(password);
  await wanda.getByRole("button", { name: "Sign in" }).click();
  await expect(wanda).toHaveURL(/\/c\/warehouse\b/);
  await expect(wanda.getByRole("button", { name: /wanda operator/ })).toBeVisible();
  await switcher(wanda).click();
  await expect(wanda.getByRole("menuitem", { name: "All clusters" })).toBeVisible();
  await expect(wanda.getByRole("menuitem", { name: "Warehouse" })).toBeVisible();
  await expect(wanda.getByRole("menuitem")).toHaveCount(2);
  await wanda.keyboard.press("Escape");
  expect((await wanda.request.get("/c/local/map")).status()).toBe(404);
  await wanda.goto("/account");
  await expect(wanda.getByText("no access · operator in Warehouse")).toBeVisible();
  await wanda.goto("/clusters");
  await expect(card(wanda, "warehouse")).toBeVisible();
  await expect(card(wanda, "local")).toHaveCount(0);

  const edit = async (change: (dialog: Locator) => Promise<void>, after: string) => {
    await row.getByRole("button", { name: "Actions for wanda" }).click();
    await page.getByRole("menuitem", { name: "Name and roles" }).click();
    const dialog = page.getByRole("dialog", { name: "Edit wanda" });
    await change(dialog);
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(row).toContainText(after);
  };
  await edit(async (dialog) => {
    await dialog.getByRole("button", { name: "Add cluster" }).click();
    await expectAccessible(page);
    for (const scheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.screenshot({ path: info.outputPath(`roles-${scheme}.png`) });
    }
    await expectAccessible(page, ["color-contrast"]);
    await page.setViewportSize({ width: 390, height: 844 });
    await dialog.getByRole("button", { name: "Save" }).scrollIntoViewIfNeeded();
    await page.screenshot({ path: info.outputPath("roles-390.png") });
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.emulateMedia({ colorScheme: null });
  }, "viewer in");
  // On the page that is open, without a word from its person.
  await expect(card(wanda, "local")).toBeVisible();
  await wanda.goto("/c/warehouse/services");
  await expect(switcher(wanda)).toContainText("Warehouse");
  await edit(
    (dialog) => dialog.getByRole("button", { name: "Remove the role in Warehouse" }).click(),
    "no access · viewer in",
  );
  await expect(wanda.getByRole("heading", { name: "There is no such page" })).toBeVisible();
  await wanda.goto("/");
  await expect(wanda).toHaveURL(/\/c\/local\/map$/);
  await edit((dialog) => dialog.getByRole("button", { name: /^Remove the role in/ }).click(), "no access");
  await wanda.goto("/");
  await expect(wanda.getByText("You have access to no cluster.")).toBeVisible();
  await expectAccessible(wanda);
  await wanda.screenshot({ path: info.outputPath("no-cluster.png") });
  await theirs.close();
});

test("a token is made for one cluster", async ({ page, shoal }, info) => {
  await page.goto("/account");
  await page.getByRole("button", { name: "New token" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("What it is for").fill("backup");
  await dialog.getByLabel("Only these clusters").first().check();
  await dialog.getByRole("button", { name: "Make token" }).click();
  await expect(dialog.getByText("Choose at least one cluster.")).toBeVisible();
  await dialog.getByLabel("Warehouse", { exact: true }).check();
  await expectAccessible(page);
  await page.screenshot({ path: info.outputPath("token.png") });
  await dialog.getByRole("button", { name: "Make token" }).click();
  const token = (await dialog.locator("code").textContent()) ?? "";
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("only Warehouse")).toBeVisible();
  const status = async (cluster: string) =>
    (await shoal.api("GET", `/api/v1/clusters/${cluster}`, undefined, { token })).status;
  expect([await status("warehouse"), await status("local")]).toEqual([200, 404]);
});

test("renamed everywhere, and removed once its name was typed", async ({ page }) => {
  await page.goto("/clusters");
  await page.getByRole("button", { name: "More actions for Warehouse" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Depot");
  await page.getByRole("dialog").getByRole("button", { name: "Rename" }).click();
  await expect(card(page, "warehouse").getByRole("heading", { name: "Depot" })).toBeVisible();
  await page.getByRole("button", { name: "More actions for Depot" }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Remove Depot" });
  await expect(dialog).toContainText("Nothing on its nodes is touched");
  await expect(dialog.getByRole("button", { name: "Remove" })).toBeDisabled();
  await dialog.getByLabel("Type Depot to confirm").fill("Depot");
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(card(page, "warehouse")).toHaveCount(0);
  expect((await page.request.get("/c/warehouse/map")).status()).toBe(404);
});
