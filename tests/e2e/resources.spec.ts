import { expect, type Page } from "@playwright/test";
import { deploySampleStacks, removeSampleStacks } from "../lab/sample-stacks.ts";
import { expectAccessible, test } from "./signed-in.ts";

const row = (page: Page, name: string) => page.locator("tr[data-key]").filter({ hasText: name });
const text = "listen = 8080";

test.beforeAll(async ({ lab }) => {
  const docker = (...args: string[]) => lab.docker("node1", ...args);
  await lab.exec("node1", "sh", "-c", `echo '${text}' > /tmp/config`);
  await docker("config", "create", "settings", "/tmp/config");
  await docker("secret", "create", "key", "/tmp/config");
  await docker("network", "create", "--driver", "overlay", "--attachable", "backend");
  await docker(
    ...[
      "service",
      "create",
      "--detach",
      "--quiet",
      "--name",
      "user",
      "--network",
      "backend",
      "--secret",
      "key",
    ],
    ...["--config", "settings", "lab/web:1"],
  );
  await deploySampleStacks(lab);
});
test.afterAll(async ({ lab }) => {
  await removeSampleStacks(lab);
  await lab.docker("node1", "service", "rm", "user").catch(() => undefined);
});

test("lists say who uses what, and follow the command line without a reload", async ({ page, lab }) => {
  await page.goto("/c/local/networks");
  await expect(row(page, "backend")).toContainText("attachable");
  await expect(row(page, "backend").getByRole("link", { name: "user" })).toBeVisible();
  await page.getByRole("radio", { name: "Secrets" }).click();
  await expect(page).toHaveURL(/\/c\/local\/secrets$/);
  await expect(row(page, "key").getByRole("link", { name: "user" })).toBeVisible();
  await page.mouse.move(5, 5);
  await lab.docker("node1", "secret", "create", "leftover", "/tmp/config");
  await expect(row(page, "leftover")).toContainText("unused");
  await page.getByRole("button", { name: /^Unused/ }).click();
  await expect(row(page, "leftover")).toBeVisible();
  await expect(page.locator("tr[data-key]")).toHaveCount(1);
  await page.mouse.move(5, 5);
  await lab.docker("node1", "secret", "rm", "leftover");
  await expect(page.getByText("Nothing matches the filter.")).toBeVisible();
});

test("an admin looks at what a config holds", async ({ page }) => {
  await page.goto("/c/local/configs");
  await expect(page.getByText(text)).toHaveCount(0);
  await row(page, "settings").hover();
  await page.getByRole("button", { name: "Show content of settings" }).click();
  const dialog = page.getByRole("dialog", { name: "Content of settings" });
  await expect(dialog).toContainText(text);
  await expect(dialog).toContainText("in the audit log");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByText(text)).toHaveCount(0);
});

test("stacks: the worst first, services without one apart, and steppers on a stack's page", async ({
  page,
  lab,
}) => {
  await page.goto("/c/local/stacks");
  await expect(page.locator(`tr[data-key="ops"]`)).toContainText(/Failing|Waiting/);
  await expect(row(page, "no stack")).toBeVisible();
  await row(page, "shop").getByRole("link", { name: "shop" }).click();
  await expect(page).toHaveURL(/\/c\/local\/stacks\/shop$/);
  await expect(page.getByText("overlay")).toBeVisible();
  await page.getByRole("button", { name: "One fewer: shop_cart" }).click();
  await expect
    .poll(() =>
      lab.docker(
        "node1",
        "service",
        "inspect",
        "--format",
        "{{.Spec.Mode.Replicated.Replicas}}",
        "shop_cart",
      ),
    )
    .toBe("1");
  expect((await page.request.get("/c/local/stacks/nobody")).status()).toBe(404);
});
