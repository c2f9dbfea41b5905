import { expect, type Page } from "@playwright/test";
import type { Lab } from "../lab/lab.ts";
import { type LabRegistry, startRegistry } from "../lab/registry.ts";
import { expectAccessible, test } from "./signed-in.ts";

const row = (page: Page, name: string) => page.locator("tr[data-key]").filter({ hasText: name });
const widths = [1440, 390] as const;
const password = "Right-One-4711";

/** Pictures to look at, and what must hold on each: nothing scrolls sideways, everybody can read it. */
async function picture(page: Page, name: string): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await expect(page.locator("html")).toHaveCSS("color-scheme", colorScheme);
      await page.screenshot({ path: `test-results/screens/registries-${name}-${width}-${colorScheme}.png` });
      await expectAccessible(page, colorScheme === "light" ? undefined : ["color-contrast"]);
    }
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(tooWide, `${name} scrolls sideways at ${width}`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
}

/** Gives a tag one of the lab's images, and leaves neither the image nor the login on the node. Answers its digest. */
async function pushWeb(lab: Lab, address: string, image: string, from: string): Promise<string> {
  const docker = (...args: string[]) => lab.docker("node1", ...args);
  await docker("login", "--username", "ann", "--password", password, address);
  await docker("tag", from, image);
  const told = await docker("push", image);
  await docker("image", "rm", image);
  await docker("logout", address);
  return /digest: (sha256:[0-9a-f]{64})/.exec(told)?.[1] ?? "";
}

let registry: LabRegistry;
test.setTimeout(150_000);
test.beforeAll(async ({ lab }) => {
  registry = await startRegistry(lab, { auth: { username: "ann", password } });
});
test.afterAll(async ({ lab, shoal }) => {
  await lab.docker("node1", "service", "rm", "shop").catch(() => undefined);
  await shoal.api("DELETE", "/api/v1/registries/ours");
  await registry?.stop();
});

test("a login is kept, tested by an engine, put right, used for a pull, and for a service whose tag moved", async ({
  page,
  lab,
}) => {
  const image = `${registry.address}/team/web:1`;
  const first = await pushWeb(lab, registry.address, image, "lab/web:1");
  await page.goto("/registries");
  await expect(page.getByText("No login is kept.")).toBeVisible();
  await page.getByRole("button", { name: "Add registry" }).click();
  const dialog = page.getByRole("dialog", { name: "Add registry" });
  await expect(dialog.getByLabel("Address", { exact: true })).toHaveValue("docker.io");
  await dialog.getByLabel("Kind").selectOption("Any registry");
  await dialog.getByLabel("Name", { exact: true }).fill("ours");
  await dialog.getByLabel("Address", { exact: true }).fill(`http://${registry.address}/`);
  await dialog.getByLabel("User", { exact: true }).fill("ann");
  await dialog.getByLabel("Password or token", { exact: true }).fill("wrong");
  await picture(page, "add");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(row(page, "ours")).toContainText(registry.address);
  await page.getByRole("button", { name: "Test ours" }).click();
  await expect(page.getByRole("status")).toContainText("does not accept this name and password");
  await picture(page, "refused");
  await page.getByRole("button", { name: "More about ours" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  const edit = page.getByRole("dialog", { name: "Edit ours" });
  await expect(edit.getByLabel("Password or token", { exact: true })).toHaveValue("");
  await edit.getByLabel("Password or token", { exact: true }).fill(password);
  await edit.getByRole("button", { name: "Save" }).click();
  await expect(edit).toHaveCount(0);
  await page.getByRole("button", { name: "Test ours" }).click();
  await expect(page.getByRole("status")).toContainText(`${registry.address} lets ann in.`);

  await page.goto("/c/local/images");
  await page.getByRole("button", { name: "Pull", exact: true }).first().click();
  const pull = page.getByRole("dialog", { name: "Pull an image" });
  await pull.getByLabel("Image", { exact: true }).fill(image);
  await expect(pull.getByLabel("Use the stored login ours")).toBeChecked();
  await expect(pull.getByLabel("User name", { exact: true })).toHaveCount(0);
  await picture(page, "pull");
  await pull.getByRole("button", { name: "Pull", exact: true }).click();
  await expect
    .poll(async () => await lab.docker("node1", "image", "ls", "--quiet", image), { timeout: 30_000 })
    .not.toBe("");

  await lab.docker("node1", "login", "--username", "ann", "--password", password, registry.address);
  await lab.docker(
    "node1", "service", "create", "--detach", "--quiet", "--name", "shop", "--with-registry-auth", "--no-resolve-image", "--replicas", "2",
    "--stop-grace-period", "1s", `${image}@${first}`,
  ); // biome-ignore format: pairs
  await lab.docker("node1", "logout", registry.address);
  const second = await pushWeb(lab, registry.address, image, "lab/web:2");
  await page.goto("/c/local/services");
  await page.getByRole("button", { name: "Newer images" }).click();
  const newer = page.getByRole("dialog", { name: "Newer images" });
  await expect(newer.getByText("No registry was asked yet.")).toBeVisible();
  await newer.getByRole("button", { name: "Check now" }).click();
  await expect(newer.getByRole("list", { name: "Newer images" })).toContainText(second.slice(7, 19), {
    timeout: 30_000,
  });
  await expect(newer.getByRole("list", { name: "Newer images" })).toContainText(
    "2 tasks are replaced, 1 at a time.",
  );
  await picture(page, "newer");
  await page.keyboard.press("Escape");
  await expect(row(page, "shop")).toContainText("newer");
  await expect(page.getByRole("button", { name: "1 newer image" })).toBeVisible();
  await picture(page, "services");
  await row(page, "shop").getByRole("link", { name: "shop", exact: true }).click();
  await expect(page.getByText(`There is a newer image for ${image}.`)).toBeVisible();
  await page.getByRole("button", { name: "Update", exact: true }).click();
  await page
    .getByRole("dialog", { name: "Newer images" })
    .getByRole("button", { name: "Update 1 service" })
    .click();
  await expect(page.locator("[data-operation=completed]")).toContainText("Completed", { timeout: 60_000 });
  await expect(page.getByText("There is a newer image")).toHaveCount(0);
  const [{ Spec }] = JSON.parse(await lab.docker("node1", "service", "inspect", "shop"));
  expect(Spec.TaskTemplate.ContainerSpec.Image).toBe(`${image}@${second}`);

  await page.goto("/registries");
  await page.getByRole("button", { name: "More about ours" }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  // The row had the focus, so it stays where it is until somebody says so.
  await page.getByRole("button", { name: "1 change, show" }).click();
  await expect(page.getByText("No login is kept.")).toBeVisible();
});
