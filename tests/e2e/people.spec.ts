import { expect } from "@playwright/test";
import { appCode } from "../lab/authenticator.ts";
import { waitFor } from "../lab/wait.ts";
import { expectAccessible, test } from "./signed-in.ts";

// Wrong and missing codes are answered with 401, which the browser reports; so is the page of a person who is disabled.
test.use({ allowedErrors: [/status of (401|409)/] });
test.setTimeout(120_000);

test("a user is made, signs in elsewhere with two-factor, and is disabled; the audit log tells it", async ({
  page,
  browser,
  shoal,
}) => {
  await page.goto("/users");
  await page.getByRole("button", { name: "Add user" }).click();
  const adding = page.getByRole("dialog", { name: "Add a user" });
  await adding.getByLabel("User name").fill("not a name");
  await adding.getByRole("button", { name: "Add user" }).click();
  await expect(adding.getByText("1 to 64 letters, digits")).toBeVisible();
  await adding.getByLabel("User name").fill("olive");
  await adding.getByRole("radio", { name: /operator/ }).check();
  await expectAccessible(page);
  await adding.getByRole("button", { name: "Add user" }).click();
  const shown = page.getByRole("dialog", { name: "The password of olive" });
  const password = (await shown.getByLabel("The password of olive").locator("code").textContent()) ?? "";
  expect(password).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
  await shown.getByRole("button", { name: "Done" }).click();
  const row = page.getByRole("row", { name: /olive/ });
  await expect(row).toContainText("operator");

  const theirs = await browser.newContext({ baseURL: shoal.url });
  const olive = await theirs.newPage();
  const signIn = async () => {
    await olive.goto("/sign-in?next=/account");
    await olive.getByLabel("User name").fill("olive");
    await olive.getByLabel("Password", { exact: true }).fill(password);
    await olive.getByRole("button", { name: "Sign in" }).click();
  };
  await signIn();
  await expect(olive.getByRole("heading", { name: "Account" })).toBeVisible();
  // What is the admin's is not there, and not behind its address.
  await expect(olive.getByRole("link", { name: "Audit log" })).toHaveCount(0);
  await olive.goto("/audit");
  await expect(olive.getByText("Only admins see this page.")).toBeVisible();
  await olive.goto("/account");

  await olive.getByRole("button", { name: "Set up two-factor" }).click();
  const dialog = olive.getByRole("dialog");
  await dialog.getByLabel("Current password").fill(password);
  await dialog.getByRole("button", { name: "Continue" }).click();
  await expect(dialog.getByRole("img", { name: "QR code for the authenticator app" })).toBeVisible();
  const secret = (await dialog.getByLabel("Secret").locator("code").textContent()) ?? "";
  await waitFor("a time step with 15 s left", () => Date.now() % 30_000 < 15_000, { timeoutMs: 20_000 });
  await dialog.getByLabel("Code from the app").fill(appCode(secret, -1));
  await dialog.getByRole("button", { name: "Turn on" }).click();
  await expect(dialog.locator('[data-slot="recovery-codes"] li')).toHaveCount(10);
  const recovery = (await dialog.locator('[data-slot="recovery-codes"] li').first().textContent()) ?? "";
  await dialog.getByRole("button", { name: "I have kept them" }).click();
  await expect(olive.getByText("10 recovery codes are left.")).toBeVisible();

  await theirs.clearCookies();
  await signIn();
  await olive.getByLabel("Code").fill("000000");
  await olive.getByRole("button", { name: "Sign in" }).click();
  await expect(olive.getByText("This code is not right, or it was used before.")).toBeVisible();
  await expectAccessible(olive);
  await olive.getByRole("button", { name: "Use a recovery code" }).click();
  await olive.getByLabel("Recovery code").fill(recovery);
  await olive.getByRole("button", { name: "Sign in" }).click();
  await expect(olive.getByText("9 recovery codes are left.")).toBeVisible();

  await page.getByRole("button", { name: "Actions for olive" }).click();
  await page.getByRole("menuitem", { name: "Disable" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Disable" }).click();
  await expect(row).toContainText("disabled");
  await olive.goto("/account");
  await expect(olive).toHaveURL(/\/sign-in/);
  await theirs.close();

  await page.goto("/audit?object=olive");
  const log = page.getByRole("table", { name: "Audit log" });
  await expect(log.getByRole("row", { name: /user\.update/ })).toContainText("false");
  await expect(log.getByRole("row", { name: /twoFactor\.on/ })).toContainText("olive");
  await log.getByRole("row", { name: /user\.create/ }).click();
  await expect(page.getByRole("dialog")).toContainText("operator");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Result" }).click();
  await page.getByRole("menuitemcheckbox", { name: "failed" }).click();
  await expect(log.getByRole("row", { name: /user\.create/ })).toHaveCount(0);
  await expect(log.getByRole("row", { name: /session\.begin/ })).toContainText("wrong code");
});

test("the last admin is kept, with a sentence that says why", async ({ page }) => {
  await page.goto("/users");
  await page.getByRole("button", { name: "Actions for admin" }).click();
  await page.getByRole("menuitem", { name: "Disable" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("button", { name: "Disable" }).click();
  await expect(dialog.getByText("This is the last admin who can sign in.")).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("row", { name: /admin/ })).toContainText("active");
});

test("a token of one's own works, is shown once and ends with a click", async ({ page, shoal }) => {
  await page.goto("/account");
  await page.getByRole("button", { name: "New token" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("What it is for").fill("backup script");
  await dialog.getByRole("button", { name: "Make token" }).click();
  const token = (await dialog.getByLabel("New API token").locator("code").textContent()) ?? "";
  const status = async () => (await shoal.api("GET", "/api/v1/me", undefined, { token })).status;
  expect(await status()).toBe(200);
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText(token)).toHaveCount(0);
  await page.goto("/users?view=tokens");
  await expect(page.getByRole("row", { name: /backup script/ })).toContainText("admin");
  await page.goto("/account");
  await page.getByRole("button", { name: "Revoke the token backup script" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText("You have no tokens.")).toBeVisible();
  expect(await status()).toBe(401);
});
