import { expect, type Page } from "@playwright/test";
import type { Lab } from "../lab/lab.ts";
import { startShoal } from "../lab/shoal.ts";
import { test as base, expectAccessible } from "./signed-in.ts";

/** Every node is linked here. */
const test = base.extend({
  shoal: [
    async ({ lab }, use) => {
      const shoal = await startShoal({ engines: lab.nodes.map(lab.host) });
      await use(shoal);
      await shoal.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],
});

const row = (page: Page, name: string) => page.locator("tr[data-key]").filter({ hasText: name });
const stateOf = async (lab: Lab, node: string, name: string) =>
  (await lab.docker(node, "inspect", "--format", "{{.State.Status}}", name)).trim();
const run = (lab: Lab, node: string, name: string, ...options: string[]) =>
  lab.docker(node, "run", "--detach", "--name", name, ...options, "lab/web:1");
const calm = (page: Page) => page.mouse.move(5, 5);

test.beforeAll(async ({ lab }) => {
  await run(lab, "node1", "alpha");
  await run(lab, "node2", "beta", "--env", "SECRET=hunter2", "--volume", "/data");
  await run(lab, "node3", "gamma");
  await lab.docker(
    "node1",
    "service",
    "create",
    "--detach",
    "--quiet",
    "--name",
    "web",
    "--replicas",
    "3",
    "lab/web:1",
  );
});
test.afterAll(async ({ lab }) => {
  await lab.docker("node1", "service", "rm", "web");
  for (const [node, name] of [["node1", "alpha"], ["node2", "beta"], ["node3", "gamma"]] as const) {
    await lab.docker(node, "rm", "--force", "--volumes", name).catch(() => undefined);
  }
}); // biome-ignore format: pairs

test("lists every node's containers and follows the command line without a reload", async ({ page, lab }) => {
  await page.goto("/c/local/containers");
  await expect(page.getByRole("heading", { name: "Containers" })).toBeVisible();
  for (const [name, node] of [["alpha", "node1"], ["beta", "node2"], ["gamma", "node3"]] as const) {
    await expect(row(page, name)).toContainText(node);
  } // biome-ignore format: pairs
  await expect(row(page, "web.1")).toContainText("web");
  await calm(page);
  await run(lab, "node3", "delta");
  await expect(row(page, "delta")).toContainText("node3");
  await expect(row(page, "delta")).toContainText(/healthy/i);
  await lab.docker("node3", "kill", "delta");
  await expect(row(page, "delta")).toContainText("exit 137");
  await lab.docker("node3", "rm", "delta");
  await expect(row(page, "delta")).toHaveCount(0);
  await expectAccessible(page);
});

test("filters live in the address, and a view can be saved", async ({ page }) => {
  await page.goto("/c/local/containers");
  await page.getByRole("radio", { name: "Of services" }).click();
  await expect(page).toHaveURL(/kind=service/);
  await expect(row(page, "alpha")).toHaveCount(0);
  await expect(row(page, "web.2")).toBeVisible();
  await page.getByRole("radio", { name: "Others" }).click();
  await page.locator("[data-slot=pill]").filter({ hasText: "Node" }).click();
  await page.getByRole("menuitemcheckbox", { name: /node2/ }).click();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/kind=plain&node=node2/);
  await expect(page.locator("tr[data-key]")).toHaveCount(1);
  await page.reload();
  await expect(row(page, "beta")).toBeVisible();
  await expect(page.locator("tr[data-key]")).toHaveCount(1);
  await page.keyboard.press("/");
  await page.keyboard.type("nothing like this");
  await expect(page.getByText("Nothing matches the filter.")).toBeVisible();
  await page.getByRole("button", { name: "Clear the filter" }).last().click();
  await expect(row(page, "alpha")).toBeVisible();
});

test("an action asks with what happens, does it, and the row says so", async ({ page, lab }) => {
  await page.goto("/c/local/containers?kind=plain");
  await row(page, "alpha").hover();
  await page.getByRole("button", { name: "Actions for alpha" }).click();
  await page.getByRole("menuitem", { name: "Stop" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Stop alpha" });
  await expect(dialog).toContainText("node1");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Stop" }).click();
  await expect(row(page, "alpha")).toContainText(/exit|ended|done/, { timeout: 20_000 });
  expect(await stateOf(lab, "node1", "alpha")).toBe("exited");
  await page.getByRole("button", { name: "Actions for alpha" }).click();
  await page.getByRole("menuitem", { name: "Start" }).click();
  await expect(row(page, "alpha")).toContainText(/starting|healthy|running/);
  expect(await stateOf(lab, "node1", "alpha")).toBe("running");
});

test("a task's container: the dialog says what swarm will do", async ({ page }) => {
  await page.goto("/c/local/containers?kind=service");
  await row(page, "web.1").first().hover();
  await row(page, "web.1").first().getByRole("button", { name: "Actions for web.1" }).click();
  await page.getByRole("menuitem", { name: "Kill" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("task of the service web");
  await expect(dialog).toContainText("Swarm starts a new task");
  await dialog.getByRole("button", { name: "Cancel" }).click();
});

test("several at once: one dialog says what happens to each", async ({ page, lab }) => {
  await page.goto("/c/local/containers?kind=plain");
  for (const name of ["alpha", "gamma"]) await row(page, name).getByRole("checkbox").click();
  await page.getByRole("toolbar").getByRole("button", { name: "Kill" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Kill 2 containers" });
  await expect(dialog.getByRole("listitem")).toHaveText([/alpha.*is killed/, /gamma.*is killed/]);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Kill" }).click();
  await expect(dialog).toHaveCount(0);
  await expect.poll(() => stateOf(lab, "node1", "alpha")).toBe("exited");
  await expect.poll(() => stateOf(lab, "node3", "gamma")).toBe("exited");
  expect(await stateOf(lab, "node2", "beta")).toBe("running");
  for (const name of ["alpha", "gamma"]) await row(page, name).getByRole("checkbox").click();
  await page.getByRole("toolbar").getByRole("button", { name: "Start", exact: true }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Start" }).click();
  await expect.poll(() => stateOf(lab, "node3", "gamma")).toBe("running");
});

// The browser's console tells of the refusal.
const refused = test.extend({ allowedErrors: [/404/] });

refused("a new container runs on the chosen node and opens its page", async ({ page, lab }) => {
  await page.goto("/c/local/containers");
  await page.getByRole("button", { name: "New container" }).click();
  const dialog = page.getByRole("dialog", { name: "New container" });
  await dialog.getByRole("button", { name: "Create and start" }).click();
  await expect(dialog.getByText("Name an image.")).toBeVisible();
  await dialog.getByLabel("Image").fill("not/here:1");
  await dialog.getByLabel("Node").selectOption({ label: "node3" });
  await dialog.getByLabel("Name", { exact: true }).fill("made");
  await dialog.getByText("Ports, environment, mounts and more").click();
  await dialog.getByLabel("Environment").fill("A=1");
  // Paths are looked up on the node that was chosen, before anything is sent.
  await dialog.getByLabel("Mounts").fill("/etc:/host:ro\n/srv/nowhere:/data");
  await dialog.getByLabel("Environment").focus();
  await expect(dialog).toContainText("/srv/nowhere is not on this node");
  await expectAccessible(page);
  await dialog.getByLabel("Mounts").fill("/etc:/host:ro");
  await dialog.getByRole("button", { name: "Create and start" }).click();
  await expect(dialog.getByRole("alert")).toContainText("The image not/here:1 is not on node3");
  await dialog.getByLabel("Image").fill("lab/web:1");
  await dialog.getByRole("button", { name: "Create and start" }).click();
  await expect(page.getByRole("heading", { name: "made" })).toBeVisible();
  expect(await stateOf(lab, "node3", "made")).toBe("running");
  await page.getByRole("button", { name: "Actions for made" }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(page).toHaveURL(/\/c\/local\/containers$/);
  await expect(lab.docker("node3", "inspect", "made")).rejects.toThrow();
});

test("a container's page: facts, health, mounts, processes, files, and the raw object on demand", async ({
  page,
  lab,
}) => {
  await lab.docker("node2", "exec", "beta", "sh", "-c", "echo x > /written");
  await page.goto("/c/local/containers");
  await row(page, "beta").getByRole("link", { name: "beta" }).click();
  await expect(page.getByRole("heading", { name: "beta" })).toBeVisible();
  await expect(page.getByRole("list", { name: "Health check" })).toContainText("passed");
  await expect(page.getByRole("list", { name: "Mounts" })).toContainText("/data");
  await expect(page.getByRole("list", { name: "Networks" })).toContainText("bridge");
  await expect(page.getByText("hunter2")).toHaveCount(0);
  await page.getByRole("radio", { name: "Processes" }).click();
  await expect(page.getByRole("region", { name: "Processes" })).toContainText("httpd");
  await page.getByRole("radio", { name: "Files changed" }).click();
  await expect(page.getByRole("list", { name: "Files changed" })).toContainText("/written");
  await page.getByRole("radio", { name: "Inspect" }).click();
  await expect(page.getByText("hunter2")).toHaveCount(0);
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByText(/"SECRET=hunter2"/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("radio", { name: "Overview" }).click();
  await lab.docker("node2", "pause", "beta");
  await expect(page.locator("[data-slot=page-head]")).toContainText("paused");
  await lab.docker("node2", "unpause", "beta");
  await expect(page.locator("[data-slot=page-head]")).toContainText(/healthy|running/);
});

test("the keyboard alone: go there, find one, open it", async ({ page }) => {
  await page.goto("/c/local/services");
  await expect(page.getByRole("heading", { name: "Services" })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await expect(page).toHaveURL(/\/c\/local\/containers$/);
  await page.keyboard.press("/");
  await page.keyboard.type("gamma");
  await page.locator("tr[data-key]").first().focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "gamma" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: "Search or act" })).toBeFocused();
  await page.keyboard.type("beta");
  await expect(page.getByRole("option", { name: /beta/ }).first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "beta" })).toBeVisible();
});

test("on a phone: two lines each, and the menu in reach", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/c/local/containers?kind=plain");
  await expect(row(page, "beta")).toContainText("node2");
  await page.getByRole("button", { name: "Actions for beta" }).click();
  await expect(page.getByRole("menuitem", { name: "Restart" })).toBeVisible();
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(tooWide).toBeLessThanOrEqual(0);
});

test("a node that does not answer is named on top, with the age of what is shown", async ({ page, lab }) => {
  test.setTimeout(120_000);
  await page.goto("/c/local/containers?kind=plain");
  await expect(row(page, "gamma")).toBeVisible();
  await lab.freeze("node3");
  const silent = page.locator("[data-slot=silent-nodes]");
  await expect(silent).toContainText(/node3 does not answer; what is shown of it is as it was \d+ s ago/, {
    timeout: 30_000,
  });
  await calm(page);
  await expect(row(page, "gamma")).toContainText("unknown");
  await row(page, "gamma").hover();
  await page.getByRole("button", { name: "Actions for gamma" }).click();
  await expect(page.getByRole("menuitem", { name: /Stop/ })).toContainText("node3 does not answer");
  await page.keyboard.press("Escape");
  await expectAccessible(page);
  await lab.thaw("node3");
  await expect(silent).toHaveCount(0, { timeout: 30_000 });
  await calm(page);
  await expect(row(page, "gamma")).toContainText(/healthy|running|starting/);
});
