import { expect, type Page } from "@playwright/test";
import { expectAccessible, test } from "./signed-in.ts";

test.use({ contextOptions: { permissions: ["clipboard-read", "clipboard-write"] } });

test.beforeAll(async ({ lab }) => {
  await lab.docker(
    "node1",
    "run",
    "--detach",
    "--init",
    "--no-healthcheck",
    "--name",
    "box",
    "lab/web:1",
    "sleep",
    "100000",
  );
  await lab.docker("node1", "service", "create", "--detach", "--quiet", "--name", "tool_box",
    "--constraint", "node.hostname==node1", "lab/web:1"); // biome-ignore format: one command
});
test.afterAll(async ({ lab }) => {
  await lab.docker("node1", "rm", "--force", "box").catch(() => undefined);
  await lab.docker("node1", "service", "rm", "tool_box").catch(() => undefined);
});

const screen = (page: Page) => page.locator(".xterm-rows");
const state = (page: Page) => page.locator('[data-slot="console-state"]');
const address = "/c/local/console?container=box&node=node1";

async function openBox(page: Page): Promise<void> {
  await page.goto(address);
  await expect(state(page)).toContainText("Connected");
  await expect(screen(page)).toContainText("#");
  await page.getByRole("textbox", { name: /^Terminal of box/ }).focus();
}

test("a real shell: typed, pasted, resized, with its exit code, and a new one", async ({ page }) => {
  await openBox(page);
  await page.keyboard.type("echo shoal-$((40+2))\n");
  await expect(screen(page)).toContainText("shoal-42");
  // Keys of the page belong to the shell here.
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("Control+u");

  const columns = async () => {
    await page.keyboard.type("clear; stty size; echo done-$((1+1))\n");
    await expect(screen(page)).toContainText("done-2");
    return Number(/\d+ (\d+)/.exec((await screen(page).textContent()) ?? "")?.[1]);
  };
  const wide = await columns();
  expect(wide).toBeGreaterThan(80);
  await page.setViewportSize({ width: 700, height: 800 });
  await expect.poll(columns).toBeLessThan(wide);

  await page.evaluate(() => navigator.clipboard.writeText("echo pasted-한국어-$((3+4))"));
  await page.keyboard.press("Control+Shift+V");
  await page.keyboard.press("Enter");
  await expect(screen(page)).toContainText("pasted-한국어-7");

  await page.keyboard.press("Control+Alt+Enter");
  await expect(page.getByRole("button", { name: "New shell" })).toBeFocused();
  await page.getByRole("textbox", { name: /^Terminal of box/ }).focus();
  await page.keyboard.type("exit 7\n");
  await expect(state(page)).toContainText("exit 7");
  await expect(page.getByText("The process has ended.")).toBeVisible();
  await page.getByRole("button", { name: "New shell" }).click();
  await expect(state(page)).toContainText("Connected");
});

test.describe("a connection that is cut", () => {
  test.use({ allowedErrors: [/ERR_INTERNET_DISCONNECTED|WebSocket connection|ERR_CONNECTION/] });

  test("comes back to the same shell, and so does a reload", async ({ page }) => {
    await page.routeWebSocket(/\/ws\/terminal/, (socket) => {
      const server = socket.connectToServer();
      cuts.push(() => void socket.close({ code: 1001 }).then(() => server.close()));
    });
    const cuts: (() => void)[] = [];
    await openBox(page);
    await page.keyboard.type("KEPT=this-$((5+5)); echo set\n");
    await expect(screen(page)).toContainText("set");
    cuts.at(-1)?.();
    await expect.poll(() => cuts.length).toBeGreaterThan(1);
    await expect(state(page)).toContainText("Connected");
    await page.keyboard.type("echo back $KEPT\n");
    await expect(screen(page)).toContainText("back this-10");
    await page.reload();
    await expect(state(page)).toContainText("Connected");
    await expect(screen(page)).toContainText("back this-10");
    await page.getByRole("textbox", { name: /^Terminal of box/ }).focus();
    await page.keyboard.type("echo again $KEPT\n");
    await expect(screen(page)).toContainText("again this-10");
  });
});

test("light and dark, wide and narrow, accessible; the theme changes under it", async ({ page }) => {
  test.setTimeout(120_000);
  for (const width of [1280, 390]) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await openBox(page);
      await page.keyboard.type("ls --color=always / | head -4; echo $((6*7))\n");
      await expect(screen(page)).toContainText("42");
      await page.screenshot({ path: `test-results/screens/console-open-${width}-${colorScheme}.png` });
      const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(tooWide).toBeLessThanOrEqual(0);
      await expectAccessible(page);
    }
  }
  const ground = () => screen(page).evaluate((element) => getComputedStyle(element).color);
  const dark = await ground();
  await page.emulateMedia({ colorScheme: "light" });
  await expect.poll(ground).not.toBe(dark);
});

test("from a task to its console, with the warning about services", async ({ page }) => {
  await page.goto("/c/local/services/tool_box");
  await page
    .getByRole("link", { name: /^Console in tool_box\.1/ })
    .first()
    .click();
  await expect(page).toHaveURL(/console\?container=/);
  await expect(state(page)).toContainText("Connected");
  await expect(page.getByText(/belongs to the service tool_box/)).toBeVisible();
});

test("a container is chosen by name; what is wrong is said", async ({ page }) => {
  await page.goto("/c/local/console");
  await expect(page.getByRole("heading", { name: "Console" })).toBeVisible();
  await page.getByLabel("Container").fill("box");
  await page.getByLabel("Command").fill("sh -c 'echo one \"two");
  await page.getByRole("button", { name: "Open console" }).click();
  await expect(page.getByText("A quote is not closed.")).toBeVisible();
  await page.getByLabel("Command").fill("sh -c 'echo one; exit 3'");
  await page.getByRole("button", { name: "Open console" }).click();
  await expect(state(page)).toContainText("exit 3");
  await expect(screen(page)).toContainText("one");
});

test.describe("what is not there", () => {
  test.use({ allowedErrors: [/404/] });
  test("is named", async ({ page }) => {
    await page.goto("/c/local/console?container=nothere&node=node1");
    await expect(
      page.getByRole("alert").filter({ hasText: "There is no container nothere on node1." }),
    ).toBeVisible();
  });
});

test("the log of a container outside of services", async ({ page, lab }) => {
  await lab.docker("node1", "run", "--detach", "--no-healthcheck", "--name", "chatty", "lab/web:1",
    "sh", "-c", "while :; do echo talk; sleep 0.3; done"); // biome-ignore format: one command
  await page.goto("/c/local/logs?container=chatty&node=node1");
  await expect(page.locator('[data-slot="log-line"]').filter({ hasText: "talk" })).not.toHaveCount(0);
  await expect(page.getByText("container chatty")).toBeVisible();
  await lab.docker("node1", "rm", "--force", "chatty");
});
