import { expect, type Page } from "@playwright/test";
import { auditRows } from "../lab/data-dir.ts";
import { expectAccessible, test } from "./signed-in.ts";

const row = (page: Page, name: string) =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name }) });

test.beforeAll(async ({ lab }) => {
  const options = ["--name", "spread", "--replicas", "3", "--constraint", "node.role==worker"];
  await lab.docker("node1", "service", "create", "--detach", "--quiet", ...options, "lab/web:1");
});
test.afterAll(async ({ lab }) => {
  await lab.docker("node1", "node", "update", "--availability", "active", "node2").catch(() => undefined);
  await lab.docker("node1", "service", "rm", "spread").catch(() => undefined);
});

test("drain says what will happen, empties the node before one's eyes, and it is made active again", async ({
  page,
}) => {
  await page.goto("/c/local/nodes");
  await expect(row(page, "node2")).toContainText("Ready");
  await page.getByRole("button", { name: "More actions: node2" }).click();
  await page.getByRole("menuitem", { name: "Drain" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Drain node2" });
  await expect(dialog).toContainText(/tasks? moves? to/);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Drain" }).click();
  await expect(row(page, "node2")).toContainText("Drained");
  await row(page, "node2").getByRole("link", { name: "node2" }).click();
  await expect(page.getByText("node2 has no tasks.")).toBeVisible();
  await page.getByRole("button", { name: "Activate" }).click();
  await expect(page.getByText("active", { exact: true })).toBeVisible();
});

test("labels are edited in the browser and arrive in the swarm", async ({ page, lab }) => {
  await page.goto("/c/local/nodes/node3");
  await page.getByRole("button", { name: "More actions: node3" }).click();
  await page.getByRole("menuitem", { name: "Edit labels" }).click();
  const dialog = page.getByRole("dialog", { name: "Labels of node3" });
  await dialog.getByRole("button", { name: "Add label" }).click();
  await dialog.getByLabel("Name of label 1").fill("zone");
  await dialog.getByLabel("Value of label 1").fill("<b>a & b</b>");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Save labels" }).click();
  await expect(dialog).toBeHidden();
  const labels = await lab.docker("node1", "node", "inspect", "--format", "{{json .Spec.Labels}}", "node3");
  expect(JSON.parse(labels)).toEqual({ zone: "<b>a & b</b>" });
  await expect(page.getByText("<b>a & b</b>").first()).toBeVisible();
  await lab.docker("node1", "node", "update", "--label-rm", "zone", "node3");
  await expect(page.getByText("<b>a & b</b>")).toHaveCount(0);
});

test("add a node: the command is shown on demand, rotated, and asking is written down", async ({
  page,
  shoal,
}) => {
  await page.goto("/c/local/nodes");
  await page.getByRole("button", { name: "Add node" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a node" });
  expect(await dialog.textContent()).not.toContain("SWMTKN");
  await dialog.getByRole("button", { name: "Show the command" }).click();
  const command = dialog.getByRole("figure", { name: "Join command" });
  await expect(command).toContainText("docker swarm join --token SWMTKN-1-");
  await expectAccessible(page);
  const first = await command.textContent();
  await dialog.getByRole("button", { name: "Rotate token" }).click();
  await expect(dialog.getByText("The token is new.")).toBeVisible();
  expect(await command.textContent()).not.toBe(first);
  const actions = auditRows(shoal.dataDir, 10).map((entry) => entry.action);
  expect(actions).toContain("swarm.tokens");
  expect(actions).toContain("swarm.rotate");
});

test("swarm settings are changed, and wrong numbers refused before they are sent", async ({ page, lab }) => {
  await page.goto("/c/local/swarm");
  const history = page.getByRole("textbox").first();
  await expect(history).toHaveValue("5");
  await history.fill("many");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(history).toHaveAttribute("aria-invalid", "true");
  await history.fill("7");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: "Save" })).toBeHidden();
  const limit = await lab.docker(
    "node1",
    "info",
    "--format",
    "{{.Swarm.Cluster.Spec.Orchestration.TaskHistoryRetentionLimit}}",
  );
  expect(limit).toBe("7");
});
