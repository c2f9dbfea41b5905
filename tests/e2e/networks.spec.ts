import { expect, type Page } from "@playwright/test";
import { expectAccessible, test } from "./signed-in.ts";

const row = (page: Page, name: string) => page.locator("tr[data-key]").filter({ hasText: name });
const widths = [1440, 390] as const;

/** Pictures to look at, and what must hold on each: nothing scrolls sideways, everybody can read it. */
async function picture(page: Page, name: string): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await expect(page.locator("html")).toHaveCSS("color-scheme", colorScheme);
      await page.screenshot({ path: `test-results/screens/networks-${name}-${width}-${colorScheme}.png` });
      await expectAccessible(page, colorScheme === "light" ? undefined : ["color-contrast"]);
    }
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(tooWide, `${name} scrolls sideways at ${width}`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
}

test.setTimeout(120_000);

test.beforeAll(async ({ lab, shoal }) => {
  await lab.docker("node1", "run", "--detach", "--name", "solo", "lab/web:1");
  await expect
    .poll(async () => (await shoal.api("GET", "/api/v1/clusters/local/containers/solo")).status)
    .toBe(200);
});
test.afterAll(async ({ lab }) => {
  await lab.docker("node1", "service", "rm", "web").catch(() => undefined);
  await lab.docker("node1", "rm", "--force", "solo").catch(() => undefined);
});

test("an overlay is made, joined, opened and removed", async ({ page, lab }) => {
  await page.goto("/c/local/networks");
  await page.getByRole("button", { name: "New network" }).click();
  const dialog = page.getByRole("dialog", { name: "New network" });
  await dialog.getByLabel("Name", { exact: true }).fill("back");
  // A field says what is wrong when it is left, and nothing is sent like that.
  await dialog.getByLabel("Subnet", { exact: true }).fill("10.70.0.1/24");
  await dialog.getByLabel("Gateway", { exact: true }).fill("10.71.0.1");
  await dialog.getByLabel("Range", { exact: true }).focus();
  await expect(dialog.getByText("Write 10.70.0.0/24.")).toBeVisible();
  await expect(dialog.getByText("10.71.0.1 is no address of a host in 10.70.0.0/24.")).toBeVisible();
  await dialog.getByLabel("Subnet", { exact: true }).fill("172.17.0.0/24");
  await expect(dialog.getByText("172.17.0.0/24 meets 172.17.0.0/16 of bridge on node1.")).toBeVisible();
  await dialog.getByLabel("Subnet", { exact: true }).fill("10.70.0.0/28");
  await dialog.getByLabel("Gateway", { exact: true }).fill("10.70.0.1");
  await dialog.getByLabel("Attachable").click();
  await picture(page, "create");
  await dialog.getByRole("button", { name: "Make" }).click();
  await expect(page).toHaveURL(/\/networks\/back$/);
  await expect(page.getByText("14 usable, 1 gateway, 13 free")).toBeVisible();

  await lab.docker(
    "node1",
    "service",
    "create",
    "--detach",
    "--quiet",
    "--name",
    "web",
    "--replicas",
    "7",
    "--network",
    "back",
    "lab/web:1",
  );
  await expect(page.getByRole("list", { name: "Services" })).toContainText("VIP 10.70.0.", {
    timeout: 30_000,
  });
  await page.getByRole("button", { name: "Connect a container" }).click();
  const join = page.getByRole("dialog", { name: "Connect a container to back" });
  await join.getByLabel("Container", { exact: true }).selectOption({ label: "solo (node1)" });
  await join.getByLabel("Aliases").fill("friend");
  await join.getByRole("button", { name: "Connect", exact: true }).click();
  await expect(page.getByRole("list", { name: "On it" }).getByRole("link", { name: "solo" })).toBeVisible();
  // Seven tasks, a VIP, a gateway, solo, and the ends of three nodes, two of which nobody heard: one is left.
  await expect(page.getByText("10.70.0.0/28 is nearly used up.")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("list", { name: "Addresses" })).toContainText(
    /14 usable, 1 gateway, 1 VIP, 7 tasks, 1 container, 1 node endpoint, at most 3 free/,
  );
  await expect(page.locator("[data-slot=silent-nodes]")).toContainText("only what the swarm tells of them");
  await expect(
    page.getByRole("list", { name: "On it" }).getByRole("link", { name: "web.1", exact: true }),
  ).toBeVisible();
  // What runs on nodes that nobody hears is told by the swarm.
  await expect(page.getByText("swarm, on 3 nodes")).toBeVisible({ timeout: 30_000 });
  await picture(page, "page");

  await page.getByRole("button", { name: "Remove", exact: true }).click();
  const busy = page.getByRole("dialog", { name: "back is in use" });
  await expect(busy.getByRole("link", { name: "web" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Disconnect solo" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Disconnect" }).click();
  await expect(page.getByRole("alertdialog")).toHaveCount(0);
  await lab.docker("node1", "service", "rm", "web");
  await expect(page.getByText("14 usable, 1 gateway, 13 free")).toBeVisible({ timeout: 40_000 });
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  const ask = page.getByRole("alertdialog", { name: "Remove back" });
  await expect(ask).toContainText("back goes for the whole swarm.");
  await ask.getByRole("button", { name: "Remove" }).click();
  await expect(page).toHaveURL(/\/networks$/);
  await expect(row(page, "back")).toHaveCount(0);
});

test("a bridge of a node is in the list, found by the filters, and goes with the unused ones", async ({
  page,
  lab,
}) => {
  await lab.docker("node1", "network", "create", "leftover");
  await page.goto("/c/local/networks");
  await expect(row(page, "leftover")).toContainText("unused");
  await expect(row(page, "docker_gwbridge")).toContainText("engine's own");
  // Without an agent two nodes cannot be looked into: they are named.
  await expect(page.locator("[data-slot=silent-nodes]")).toContainText("node2");
  await picture(page, "list");
  await page.locator("[data-slot=pill]", { hasText: "Driver" }).click();
  await page.getByRole("menuitemcheckbox", { name: "overlay" }).click();
  await page.keyboard.press("Escape");
  await expect(row(page, "leftover")).toHaveCount(0);
  await expect(row(page, "ingress")).toBeVisible();
  await page.goto("/c/local/networks?unused=1");
  await page.getByRole("button", { name: "Remove unused" }).click();
  const ask = page.getByRole("alertdialog", { name: "Remove unused networks" });
  await expect(ask.getByRole("region", { name: "node1" })).toContainText("leftover");
  await expect(ask).toContainText("node2 does not answer");
  await picture(page, "unused");
  await ask.getByRole("button", { name: /^Remove \d+ network/ }).click();
  await expect(ask).toHaveCount(0);
  await page.mouse.move(5, 5);
  await expect(row(page, "leftover")).toHaveCount(0);
  expect(await lab.docker("node1", "network", "ls", "--format", "{{.Name}}")).not.toContain("leftover");
});

test("a node that cannot be asked is a sentence on the page of its network and of its volume", async ({
  page,
}) => {
  for (const path of ["/c/local/networks/bridge?node=node2", "/c/local/volumes/box?node=node2"]) {
    await page.goto(path);
    await expect(page.locator('[data-slot="error-state"]')).toContainText("node2");
    await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
    await expectAccessible(page);
  }
});

test.describe("an engine that refuses", () => {
  test.use({ allowedErrors: [/422|409|500|502|400/] });

  test("it says so in its own words, and the form keeps what was typed", async ({ page, lab }) => {
    await lab.docker("node1", "network", "create", "--subnet", "10.72.0.0/24", "taken");
    await page.goto("/c/local/networks");
    await page.getByRole("button", { name: "New network" }).click();
    const dialog = page.getByRole("dialog", { name: "New network" });
    await dialog.getByLabel("Driver", { exact: true }).selectOption("bridge");
    await expect(dialog.getByLabel("Attachable")).toHaveCount(0);
    await dialog.getByLabel("Name", { exact: true }).fill("second");
    await dialog.getByLabel("Subnet", { exact: true }).fill("10.72.0.0/25");
    await dialog.getByRole("button", { name: "Make" }).click();
    await expect(dialog.getByRole("alert")).toContainText("overlaps");
    await expect(dialog.getByLabel("Name", { exact: true })).toHaveValue("second");
    await dialog.getByLabel("Driver", { exact: true }).selectOption("macvlan");
    await expect(dialog.getByLabel("Parent interface")).toBeVisible();
    await page.keyboard.press("Escape");
    await lab.docker("node1", "network", "rm", "taken");
  });
});
