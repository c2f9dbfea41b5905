import { expect, type Page } from "@playwright/test";
import { createService } from "../swarm/server-on-lab.ts";
import { expectAccessible, test } from "./signed-in.ts";

const row = (page: Page, name: string) => page.locator("tr[data-key]").filter({ hasText: name });
const panel = (page: Page, title: string) => page.locator("[data-slot=panel]").filter({ hasText: title });
const widths = [1440, 390] as const;

/** Pictures to look at, and what must hold on each: nothing scrolls sideways, everybody can read it. */
async function picture(page: Page, name: string): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await expect(page.locator("html")).toHaveCSS("color-scheme", colorScheme);
      await page.screenshot({ path: `test-results/screens/secrets-${name}-${width}-${colorScheme}.png` });
      await expectAccessible(page, colorScheme === "light" ? undefined : ["color-contrast"]);
    }
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(tooWide, `${name} scrolls sideways at ${width}`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
}

test.setTimeout(120_000);
test.afterAll(async ({ lab }) => {
  for (const name of ["shop", "mail"]) {
    await lab.docker("node1", "service", "rm", name).catch(() => undefined);
  }
});

test("a secret is made from a random value, used, rotated with a preview, and removed", async ({
  page,
  lab,
}) => {
  await page.goto("/c/local/secrets");
  await page.getByRole("button", { name: "New secret" }).click();
  const dialog = page.getByRole("dialog", { name: "New secret" });
  await dialog.getByLabel("Name", { exact: true }).fill("no good");
  await dialog.getByRole("radio", { name: "Generate" }).click();
  await expect(dialog.getByText("A name has letters, digits")).toBeVisible();
  const value = await dialog.getByLabel("Value", { exact: true }).inputValue();
  expect(value).toMatch(/^[A-Za-z2-9]{32}$/);
  await dialog.getByRole("button", { name: "Another one" }).click();
  await expect(dialog.getByLabel("Value", { exact: true })).not.toHaveValue(value);
  await dialog.getByLabel("Name", { exact: true }).fill("api-key");
  await picture(page, "create");
  await dialog.getByRole("button", { name: "Make", exact: true }).click();
  await expect(page).toHaveURL(/\/secrets\/api-key$/);
  await expect(page.getByText("No service uses it.")).toBeVisible();
  await expect(page.getByText("Nobody can read it back")).toBeVisible();

  await createService(
    lab,
    "shop",
    "--replicas",
    "2",
    "--update-order",
    "start-first",
    "--secret",
    "source=api-key,target=/etc/shop/key",
  );
  await createService(lab, "mail", "--secret", "api-key");
  await expect(page.getByRole("list", { name: "Used by" })).toContainText("/etc/shop/key", {
    timeout: 15_000,
  });
  await expect(page.getByRole("list", { name: "Used by" })).toContainText("/run/secrets/api-key");
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  const busy = page.getByRole("dialog", { name: "api-key is in use" });
  await expect(busy.getByRole("link", { name: "mail" })).toBeVisible();
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Rotate", exact: true }).click();
  const rotate = page.getByRole("dialog", { name: "Rotate api-key" });
  const touched = rotate.getByRole("region", { name: "Services that are updated" });
  await expect(touched).toContainText(
    "2 tasks are replaced, 1 at a time. Each new task starts before the old one stops.",
  );
  await expect(touched).toContainText("Its task is replaced.");
  await expect(rotate.getByLabel("Name of the new one")).toHaveValue("api-key_2");
  await rotate.getByLabel("Value", { exact: true }).fill("another value");
  await picture(page, "rotate");
  await rotate.getByRole("button", { name: "Rotate", exact: true }).click();
  await expect(page.locator("[data-rotation=running]")).toBeVisible();
  await expect(page.getByRole("list", { name: "Services of the rotation" })).toContainText("shop");
  await picture(page, "rotating");
  await expect(page.locator("[data-rotation=done]")).toContainText(
    "All 2 services run with api-key_2, and api-key is removed.",
    { timeout: 90_000 },
  );
  await page.getByRole("link", { name: "Show the update" }).first().click();
  await expect(page.locator("[data-operation=completed]")).toContainText("new task");
  await page.goto("/c/local/secrets");
  await expect(row(page, "api-key_2")).toContainText("mail");
  await expect(row(page, "api-key")).toHaveCount(1);
  await picture(page, "list");

  await lab.docker("node1", "service", "rm", "shop", "mail");
  await row(page, "api-key_2").getByRole("link", { name: "api-key_2" }).click();
  await expect(page.getByText("No service uses it.")).toBeVisible({ timeout: 15_000 });
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(page).toHaveURL(/\/secrets$/);
  await expect(row(page, "api-key_2")).toHaveCount(0);
});

test.describe("a config", () => {
  // It goes while its page is open.
  test.use({ allowedErrors: [/404/] });

  test("is made from a file byte for byte, labelled, shown, and compared with another", async ({
    page,
    lab,
  }) => {
    await page.goto("/c/local/configs");
    for (const [name, text] of [
      ["app.conf", "listen = 80\r\nname = a\n"],
      ["app.conf_2", "listen = 8080\nname = a\n"],
    ] as const) {
      await page.getByRole("button", { name: "New config" }).click();
      const dialog = page.getByRole("dialog", { name: "New config" });
      await dialog.getByLabel("Name", { exact: true }).fill(name);
      await dialog.getByRole("radio", { name: "File" }).click();
      await dialog
        .getByLabel("File", { exact: true })
        .setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
      await expect(dialog.getByText(`${text.length} of at most 1,023,999 bytes.`)).toBeVisible();
      await dialog.getByRole("button", { name: "Make", exact: true }).click();
      await expect(page).toHaveURL(new RegExp(`/configs/${name}$`));
      const [{ Spec }] = JSON.parse(await lab.docker("node1", "config", "inspect", name));
      expect(Buffer.from(Spec.Data, "base64").toString()).toBe(text);
      await page.goto("/c/local/configs");
    }
    await row(page, "app.conf_2").getByRole("link", { name: "app.conf_2" }).click();
    await page.getByRole("button", { name: "Labels", exact: true }).click();
    const labels = page.getByRole("dialog", { name: /abels of app.conf_2/ });
    await labels.getByLabel("Name of label 1").fill("team");
    await labels.getByLabel("Value of label 1").fill("blue");
    await labels.getByRole("button", { name: "Save" }).click();
    await expect(panel(page, "Labels")).toContainText("blue");
    await page.getByRole("button", { name: "Show content" }).click();
    await expect(panel(page, "Content").last()).toContainText("listen = 8080");
    await page.getByLabel("Compare with").selectOption({ label: "app.conf" });
    await expect(page.locator("[data-slot=raw-diff]")).toContainText("+ listen = 8080");
    await picture(page, "compare");
    await page.getByRole("button", { name: "Rotate", exact: true }).click();
    const rotate = page.getByRole("dialog", { name: "Rotate app.conf_2" });
    await rotate.getByRole("button", { name: "Edit the present content" }).click();
    await expect(rotate.getByLabel("Content", { exact: true })).toHaveValue("listen = 8080\nname = a\n");
    await expect(rotate.getByLabel("Name of the new one")).toHaveValue("app.conf_3");
    await picture(page, "rotate-config");
    await page.keyboard.press("Escape");
    for (const name of ["app.conf", "app.conf_2"]) await lab.docker("node1", "config", "rm", name);
    await expect(page.getByText("app.conf_2 is not there any more.")).toBeVisible();
  });
});

test.describe("an engine or a rule that refuses", () => {
  test.use({ allowedErrors: [/422|409|500|502|400/] });

  test("what is wrong is said beside it, before anything is sent and after", async ({ page, lab }) => {
    await page.goto("/c/local/secrets");
    await page.getByRole("button", { name: "New secret" }).click();
    const dialog = page.getByRole("dialog", { name: "New secret" });
    await dialog.getByRole("button", { name: "Make", exact: true }).click();
    await expect(dialog.getByText("Swarm keeps nothing that is empty.")).toBeVisible();
    await dialog.getByLabel("Name", { exact: true }).fill("taken");
    await dialog.getByLabel("Value", { exact: true }).fill("x");
    // Somebody else was faster.
    await lab.exec("node1", "sh", "-c", "printf y > /tmp/taken");
    await lab.docker("node1", "secret", "create", "taken", "/tmp/taken");
    await dialog.getByRole("button", { name: "Make", exact: true }).click();
    await expect(dialog.getByText("There already is a secret taken.").first()).toBeVisible();
    await expect(dialog.getByLabel("Value", { exact: true })).toHaveValue("x");
    await page.keyboard.press("Escape");
    await lab.docker("node1", "secret", "rm", "taken");
  });
});
