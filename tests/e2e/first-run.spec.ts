import { expect } from "@playwright/test";
import { startShoal } from "../lab/shoal.ts";
import { test } from "./fixtures.ts";
import { expectAccessible } from "./signed-in.ts";

// The first account is made, and wrong passwords are tried, which the browser reports as failed requests.
test.use({ allowedErrors: [/status of (400|401)/] });

test("first run: the code from the log makes the admin, who signs out and in again", async ({
  page,
  lab,
}) => {
  const shoal = await startShoal({ engines: [lab.host("node1")], env: { SHOAL_ADMIN_PASSWORD_FILE: "" } });
  try {
    // It goes to another stream than the line that tells the address, so either may arrive first.
    const printedCode = () => /setup code\s+(\S+)/.exec(shoal.log())?.[1] ?? "";
    await expect.poll(printedCode).not.toBe("");
    const code = printedCode();
    await page.goto(`${shoal.url}/c/local/services`);
    await expect(page).toHaveURL(/\/setup$/);
    await expectAccessible(page);

    await page.getByLabel("Setup code").fill("WRNG-WRNG-WRNG");
    await page.getByLabel("User name").fill("maria");
    await page.getByLabel("Password", { exact: true }).fill("short");
    await page.getByRole("button", { name: "Create account and sign in" }).click();
    await expect(page.getByText("5 characters more: at least 10 are needed.")).toBeVisible();
    await page.getByLabel("Password", { exact: true }).fill("a long and fine sentence");
    await page.getByRole("button", { name: "Create account and sign in" }).click();
    await expect(page.getByText(/setup code/i).first()).toBeVisible();
    await expect(page.getByLabel("Setup code")).toHaveAttribute("aria-invalid", "true");
    await page.getByLabel("Setup code").fill(code);
    await page.getByRole("button", { name: "Create account and sign in" }).click();

    await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
    await page.goto(`${shoal.url}/c/local/nodes`);
    await expect(page.getByRole("link", { name: "node1" }).first()).toBeVisible();

    await page.getByRole("button", { name: /maria/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(page).toHaveURL(/\/sign-in/);
    // The way back to the page that was asked for.
    await page.goto(`${shoal.url}/c/local/nodes`);
    await expect(page).toHaveURL(/\/sign-in\?next=/);
    await expectAccessible(page);
    await page.getByLabel("User name").fill("maria");
    await page.getByLabel("Password", { exact: true }).fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByText("The name or the password is not right.")).toBeVisible();
    await page.getByLabel("Password", { exact: true }).fill("a long and fine sentence");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(/\/c\/local\/nodes$/);
    await page.goto(`${shoal.url}/setup`);
    await expect(page).not.toHaveURL(/\/setup/);
    // The page would report the server that stops next.
    await page.goto("about:blank");
  } finally {
    await shoal.stop();
  }
});

test("signing out elsewhere ends an open page's access", async ({ page, shoal }) => {
  await page.goto("/sign-in");
  await page.getByLabel("User name").fill(shoal.user);
  await page.getByLabel("Password", { exact: true }).fill(shoal.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
  await page.goto("/account");
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
});
