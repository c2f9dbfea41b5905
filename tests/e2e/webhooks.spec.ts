import { expect } from "@playwright/test";
import { createService } from "../swarm/server-on-lab.ts";
import { expectAccessible, test } from "./signed-in.ts";

test.afterAll(async ({ lab }) => {
  await lab.docker("node1", "service", "rm", "hooked").catch(() => undefined);
});

test("a webhook is made, shown once, called and revoked", async ({ page, lab }, info) => {
  await createService(lab, "hooked", "--replicas", "0");
  await page.goto("/c/local/services");
  await page.getByRole("link", { name: "hooked", exact: true }).click();
  const panel = page.locator("section").filter({ has: page.getByRole("heading", { name: "Webhooks" }) });
  await expect(panel).toContainText("No webhooks yet.");
  await panel.getByRole("button", { name: "New webhook" }).click();
  const dialog = page.getByRole("dialog", { name: "New webhook" });
  await dialog.getByRole("button", { name: "Make it" }).click();
  await expect(dialog).toContainText("Say what it is for.");
  await dialog.getByLabel("What it is for").fill("CI of the shop");
  await dialog.getByRole("button", { name: "Make it" }).click();
  await expect(dialog).toContainText("cannot be shown again");
  await expectAccessible(page);
  await page.screenshot({ path: info.outputPath("made.png") });
  const address = (await dialog.getByText(/\/hooks\/shoalhook_\w+$/).textContent())?.trim() ?? "";
  await dialog.getByRole("button", { name: "Done" }).click();
  const line = panel.getByRole("listitem").filter({ hasText: "CI of the shop" });
  await expect(line).toContainText("never called");
  expect((await fetch(address, { method: "POST" })).status).toBe(202);
  await page.reload();
  await expect(line).toContainText("last called");
  await expect(page.getByText(/webhook CI of the shop/).first()).toBeVisible();
  for (const [width, scheme] of [
    [1440, "light"],
    [1440, "dark"],
    [390, "light"],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    await panel.scrollIntoViewIfNeeded();
    await page.screenshot({ path: info.outputPath(`panel-${width}-${scheme}.png`) });
  }
  await line.getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
  await expect(line).toHaveCount(0);
  expect((await fetch(address, { method: "POST" })).status).toBe(401);
  await expectAccessible(page);
});
