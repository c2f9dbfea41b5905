import { expect, type Page } from "@playwright/test";
import type { Lab } from "../lab/lab.ts";
import { startRegistry } from "../lab/registry.ts";
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
const calm = (page: Page) => page.mouse.move(5, 5);
const make = (lab: Lab, node: string, tag: string) =>
  lab.exec(
    node,
    "sh",
    "-c",
    `mkdir -p /tmp/made && echo ${tag} > /tmp/made/name && tar -C /tmp/made -c . | docker -H unix://${lab.socket(node)} import - ${tag}`,
  );
const has = async (lab: Lab, node: string, tag: string) =>
  (await lab.docker(node, "image", "ls", "--quiet", tag)).trim() !== "";

test.beforeAll(async ({ lab }) => {
  await make(lab, "node2", "team/extra:1");
  await lab.docker("node1", "service", "create", "--detach", "--quiet", "--name", "imaged", "lab/web:1");
});
test.afterAll(async ({ lab }) => {
  await lab.docker("node1", "service", "rm", "imaged");
});

test("the list says where images are and who runs them, narrows, and follows the command line", async ({
  page,
  lab,
}) => {
  await page.goto("/c/local/networks");
  await page.getByRole("radio", { name: "Images" }).click();
  await expect(page).toHaveURL(/\/c\/local\/images$/);
  await expect(row(page, "lab/web:1")).toContainText("all 3");
  await expect(row(page, "lab/web:1").getByRole("link", { name: "imaged" })).toBeVisible();
  await expect(row(page, "team/extra:1")).toContainText("node2");
  await expect(page.getByText(/in images on 3 nodes/)).toBeVisible();
  await calm(page);
  await make(lab, "node3", "team/later:1");
  await expect(row(page, "team/later:1")).toContainText("node3");
  await page.getByRole("button", { name: /^Unused/ }).click();
  await expect(row(page, "team/extra:1")).toBeVisible();
  await expect(row(page, "lab/web:1")).toHaveCount(0);
});

test.describe("a pull that fails", () => {
  test.use({ allowedErrors: [/status of 400/] });

  test("shows what is wrong beside its field, then every node's own error, and survives a reload; the password is not kept", async ({
    page,
  }) => {
    await page.goto("/c/local/images");
    await page.getByRole("button", { name: "Pull", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Pull an image" });
    await dialog.getByLabel("Image").fill("docker pull app");
    await dialog.getByLabel("node2").click();
    await dialog.getByLabel("The registry asks for a password").click();
    // Telephones first: what is wrong stands beside its field.
    const { width, height } = page.viewportSize() ?? { width: 1440, height: 900 };
    await page.setViewportSize({ width: 390, height: 844 });
    await dialog.getByRole("button", { name: "Pull", exact: true }).click();
    for (const text of [
      "This is not the name of an image.",
      "Type the user name.",
      "Type the password or token.",
    ])
      await expect(dialog.getByText(text)).toBeVisible();
    await page.screenshot({ path: "test-results/screens/images-pull-390.png" });
    await page.setViewportSize({ width, height });
    await dialog.getByLabel("Image").fill("127.0.0.1:1/team/app:7");
    await dialog.getByLabel("User name").fill("ann");
    await dialog.getByLabel("Password or token").fill("hunter2");
    await expectAccessible(page);
    await page.screenshot({ path: "test-results/screens/images-pull.png" });
    await dialog.getByRole("button", { name: "Pull", exact: true }).click();
    const pulls = page.getByRole("list", { name: "Pulls" });
    await expect(pulls).toContainText("127.0.0.1:1/team/app:7");
    await expect(pulls.getByText("failed")).toHaveCount(2);
    await expect(pulls).not.toContainText("node2");
    await page.reload();
    await expect(pulls.getByText("failed")).toHaveCount(2);
    await expectAccessible(page);
    await page.screenshot({ path: "test-results/screens/images-pulls.png" });
  });
});

test("a pull shows its bytes on every node, can be cancelled, and puts the image into the table", async ({
  page,
  context,
  lab,
}) => {
  const registry = await startRegistry(lab);
  try {
    const valve = await registry.throttled();
    await registry.push("node1", "team/pulled:1", 4_000_000);
    const image = `${valve.address}/team/pulled:1`;
    const asked: string[] = [];
    page.on(
      "request",
      (request) => void (/images\/pulls$/.test(request.url()) && asked.push(request.method())),
    );
    await page.goto("/c/local/images");
    const start = async () => {
      await page.getByRole("button", { name: "Pull", exact: true }).click();
      const dialog = page.getByRole("dialog", { name: "Pull an image" });
      await dialog.getByLabel("Image").fill(image);
      await dialog.getByRole("button", { name: "Pull", exact: true }).click();
      await expect(dialog).toHaveCount(0);
    };
    const pulls = page.getByRole("list", { name: "Pulls", exact: true });
    const pull = pulls.locator("> li").filter({ hasText: image }).first();
    const bars = pull.getByRole("progressbar");

    // An engine tells of what comes at once only at its end, so it comes bit by bit.
    let passed = 0;
    valve.limit(0);
    await start();
    await expect(bars).toHaveCount(3);
    const shares = async () => {
      passed += 100_000;
      valve.limit(passed);
      return Promise.all(
        (await bars.all()).map(async (bar) => Number(await bar.getAttribute("aria-valuenow"))),
      );
    };
    await expect.poll(async () => Math.min(...(await shares())), { intervals: [100] }).toBeGreaterThan(30);
    expect(passed).toBeLessThan(4_000_000);
    await expect(pull.getByText(/^Downloading [\d.]+ MB \/ 3\.8 MB$/)).toHaveCount(3);
    await calm(page);
    await expectAccessible(page);
    await page.screenshot({ path: "test-results/screens/images-pulling.png" });
    await page.emulateMedia({ colorScheme: "dark" });
    await page.screenshot({ path: "test-results/screens/images-pulling-dark.png", animations: "disabled" });
    await page.emulateMedia({ colorScheme: "light" });

    // Another page, opened while it goes on, and as narrow as a telephone.
    const second = await context.newPage();
    await second.setViewportSize({ width: 390, height: 844 });
    await second.goto("/c/local/images");
    const elsewhere = second.getByRole("list", { name: "Pulls", exact: true });
    await expect(elsewhere.getByText(/^Downloading/)).toHaveCount(3);
    await second.screenshot({ path: "test-results/screens/images-pulling-390.png" });

    await pull.getByRole("button", { name: `Cancel the pull of ${image}` }).click();
    await expect(pull.getByText("cancelled", { exact: true })).toHaveCount(3);
    await expect(pull).toContainText("cancelled by admin");
    await expect(elsewhere.getByText("cancelled", { exact: true })).toHaveCount(3);
    await expect(bars).toHaveCount(0);
    await second.close();

    valve.limit(Number.POSITIVE_INFINITY);
    await start();
    await expect(pull.getByText("done", { exact: true })).toHaveCount(3);
    // Below the pointer rows keep their place until somebody asks.
    await calm(page);
    await expect(row(page, image)).toContainText("all 3");
    await expect(page.getByText("17 MB in images on 3 nodes")).toBeVisible();
    for (const node of lab.nodes) expect(await has(lab, node, image)).toBe(true);
    await page.screenshot({ path: "test-results/screens/images-pulled.png" });
    // Everything was told; only the two orders were sent.
    expect(asked).toEqual(["POST", "POST"]);
    for (const node of lab.nodes) await lab.docker(node, "image", "rm", image);
  } finally {
    await registry.stop();
  }
});

test("an admin tags, removes, and cleans up exactly what was shown", async ({ page, lab }) => {
  await make(lab, "node2", "team/gone:1");
  await page.goto("/c/local/images");
  await row(page, "team/gone:1").hover();
  await page.getByRole("button", { name: "Actions for team/gone:1" }).click();
  await page.getByRole("menuitem", { name: "Tag" }).click();
  await page.getByLabel("New name").fill("team/gone:2");
  await page.getByRole("button", { name: "Tag", exact: true }).click();
  await expect.poll(() => has(lab, "node2", "team/gone:2")).toBe(true);
  await row(page, "team/gone:1").hover();
  await page.getByRole("button", { name: "Actions for team/gone:1" }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect.poll(() => has(lab, "node2", "team/gone")).toBe(false);
  // Rows keep their place until somebody asks.
  await page.getByRole("button", { name: "1 change, show" }).click();
  await expect(row(page, "team/gone:1")).toHaveCount(0);

  await page.getByRole("button", { name: "Clean up" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Clean up images" });
  await dialog.getByRole("radio", { name: "All that nothing uses" }).click();
  await expect(dialog).toContainText("team/extra:1");
  await expect(dialog).not.toContainText("lab/web:1");
  await expect(dialog.getByText(/^frees/).first()).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: "test-results/screens/images-prune.png" });
  await dialog.getByRole("button", { name: /^Remove \d+ image/ }).click();
  await expect(dialog).toHaveCount(0);
  await expect.poll(() => has(lab, "node2", "team/extra:1")).toBe(false);
  expect(await has(lab, "node2", "lab/web:1")).toBe(true);
  // Others' tests want it.
  for (const node of lab.nodes) expect(await has(lab, node, "lab/web:1")).toBe(true);
});

test("a node's page says what Docker keeps on its disk", async ({ page }) => {
  await page.goto("/c/local/nodes/node1");
  await expect(page.getByRole("heading", { name: "Disk use by Docker" })).toBeVisible();
  await expect(page.getByText("Build cache")).toBeVisible();
  await page.screenshot({ path: "test-results/screens/images-node.png" });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/c/local/images");
  await expect(page.getByRole("button", { name: "Actions for lab/web:1" })).toBeVisible();
  await page.screenshot({ path: "test-results/screens/images-390.png" });
});
