import { expect, type Page } from "@playwright/test";
import { expectAccessible, test } from "./signed-in.ts";

// node3 has no link: what is not known there is said.
const one = ["--no-healthcheck", "--detach", "--quiet"];
const spin = ["--entrypoint", "sh", "lab/web:1", "-c", "while :; do :; done"];
const sleep = ["--entrypoint", "sh", "lab/web:1", "-c", "exec sleep 100000"];
test.setTimeout(120_000);

test.beforeAll(async ({ lab, shoal }) => {
  const create = (name: string, ...rest: string[]) =>
    lab.docker("node1", "service", "create", ...one, "--name", name, ...rest);
  const here = ["--constraint", "node.hostname==node1"];
  await create("busy", ...here, "--limit-cpu", "0.5", "--limit-memory", "64m", ...spin);
  await create("idle", ...here, "--replicas", "2", ...sleep);
  await expect
    .poll(
      async () => {
        const { body } = await shoal.api("GET", "/api/v1/clusters/local/usage?of=services");
        const { items } = body as { items: { cpu: number | null }[] };
        return items.filter(({ cpu }) => cpu !== null).length;
      },
      { timeout: 60_000 },
    )
    .toBe(2);
});
test.afterAll(async ({ lab }) => {
  await lab.docker("node1", "service", "rm", "busy", "idle").catch(() => undefined);
});

const tile = (page: Page, service: string) =>
  page.locator(`[data-slot="sea"] .tile`).filter({ hasText: service }).first();
const wordsOn = (page: Page, service: string) =>
  tile(page, service)
    .locator(".tile-main")
    .evaluate((element) => getComputedStyle(element, "::after").content);
const strength = (page: Page, service: string) =>
  tile(page, service).evaluate((element) => getComputedStyle(element).backgroundColor);
const chart = (page: Page, metric: string) =>
  page.locator(`[data-slot="usage-chart"][data-metric="${metric}"]`);

test("the map by CPU: the busy task stands out, in colour and in words, and the choice is kept", async ({
  page,
}) => {
  await page.goto("/c/local/map?density=cards");
  await page.getByRole("button", { name: /^Colour/ }).click();
  await page.getByRole("menuitemradio", { name: "CPU" }).click();
  await expect(page).toHaveURL(/colour=cpu/);
  await expect.poll(() => wordsOn(page, "busy"), { timeout: 30_000 }).toMatch(/0\.[3-6]\d* CPU/);
  await expect.poll(() => wordsOn(page, "idle")).toMatch(/CPU/);
  expect(await strength(page, "busy")).not.toBe(await strength(page, "idle"));
  await expect(page.locator('[data-slot="use-scale"]')).toContainText("0.5 CPU");
  // Used beside reserved on the node's bars; on one without a link there is no such number.
  const bars = (node: string) =>
    page.getByRole("region", { name: new RegExp(`^${node}`) }).getByRole("img", { name: /^CPU/ });
  await expect(bars("node1")).toHaveAttribute("aria-label", /used/);
  await expect(bars("node3")).not.toHaveAttribute("aria-label", /used/);
  await expect(page.locator('[data-slot="use-scale"]')).toContainText("node3");
  await tile(page, "busy").hover();
  await expect(page.getByRole("tooltip")).toContainText(/0\.\d+ CPU/);
  await page.goto("/c/local/services");
  await page.goto("/c/local/map?density=cards");
  await expect.poll(() => wordsOn(page, "busy"), { timeout: 30_000 }).toMatch(/CPU/);
  for (const [width, theme] of [[390, "light"], [390, "dark"], [1440, "light"], [1440, "dark"]] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: theme });
    await page.mouse.move(5, 5);
    await expect(page.getByRole("tooltip")).toHaveCount(0);
    await expectAccessible(page);
    await page.screenshot({ path: `test-results/screens/map-cpu-${width}-${theme}.png` });
  } // biome-ignore format: one line
  await page.getByRole("button", { name: /^Colour/ }).click();
  await page.getByRole("menuitemradio", { name: "Service" }).click();
  await expect.poll(() => wordsOn(page, "busy")).toBe("none");
});

test("a service's charts open with what was before, read by pointer and keys", async ({ page }) => {
  await page.goto("/c/local/services/busy");
  const cpu = chart(page, "cpu");
  await expect(cpu).toContainText(/0\.\d+ CPU/);
  await expect(cpu).toContainText("limit 0.5 CPU");
  // At once, not after the next 10 s: the line has a length.
  const length = () =>
    cpu
      .locator("path")
      .last()
      .evaluate((path) => (path as SVGPathElement).getTotalLength());
  await expect.poll(length, { timeout: 3_000 }).toBeGreaterThan(3);
  await expect(chart(page, "memory")).toContainText(/KB|MB/);
  await expect(chart(page, "rx")).toContainText("received");
  await expect(chart(page, "read")).toBeVisible();
  await cpu.getByRole("img").focus();
  await page.keyboard.press("ArrowLeft");
  await expect(cpu.locator("output")).toContainText(/\d:\d\d/);
  await page.getByRole("radio", { name: "2 min" }).click();
  await expect(cpu).toContainText("−1 min");
  for (const [width, theme] of [[1440, "light"], [1440, "dark"], [390, "light"], [390, "dark"]] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: theme });
    await cpu.scrollIntoViewIfNeeded();
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(tooWide).toBeLessThanOrEqual(0);
    await expectAccessible(page);
    await page.screenshot({ path: `test-results/screens/service-usage-${width}-${theme}.png` });
  } // biome-ignore format: one line
});

test("nodes and services tables, a node with and without a link, and a task's drawer", async ({
  page,
  shoal,
}) => {
  await page.goto("/c/local/services");
  const row = (name: string) => page.locator("tr[data-key]").filter({ hasText: name });
  await expect(row("busy").locator('[data-slot="usage-cell"]')).toContainText(/0\.\d+ CPU/);
  await expect(row("busy").locator('[data-slot="sparkline"][data-known]')).toBeVisible();
  await page.goto("/c/local/nodes");
  await expect(row("node1").locator('[data-slot="usage-cell"]')).toContainText("CPU");
  await expect(row("node3")).toContainText("not known");
  await page.goto("/c/local/nodes/node1");
  await expect(chart(page, "cpu")).toContainText(/of \d+ CPU/);
  await expect(page.getByText("sum of the containers")).toBeVisible();
  await page.screenshot({ path: "test-results/screens/node-usage-1440-light.png" });
  await page.goto("/c/local/nodes/node3");
  await expect(page.locator('[data-slot="usage-silent"]')).toContainText(/node3 tells nothing now/);
  const { body } = await shoal.api("GET", "/api/v1/clusters/local/tasks?service=busy");
  const [task] = (body as { items: { id: string }[] }).items;
  await page.goto(`/c/local/map?task=${task?.id}`);
  await expect(page.locator('[data-slot="task-usage"]')).toContainText(/0\.\d+ CPU of 0\.5 CPU/);
  await expectAccessible(page);
  await page.screenshot({ path: "test-results/screens/task-usage.png" });
});
