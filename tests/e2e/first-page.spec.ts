import { expect } from "@playwright/test";
import { test } from "./fixtures.ts";

test("the first page opens, says whose it is, and leaves no error in the console", async ({ page }) => {
  const answer = await page.goto("/");
  expect(answer?.status()).toBe(200);
  await expect(page).toHaveTitle(/Shoal/);
});
