import { expect, type Page } from "@playwright/test";
import type { Lab } from "../lab/lab.ts";
import { expectAccessible, test } from "./signed-in.ts";

const hostile = `<img src=x onerror=alert(1)> \\033[31mred\\033[0m \\342\\200\\256 evil`;
const talk = `printf '${hostile}\\n'; echo '{"level":"warn","msg":"as json","deep":{"a":[1,2]}}'; echo 'ERROR payments: upstream timeout' >&2
i=0; while :; do i=$((i+1)); echo "INFO step $i of $HOSTNAME"; sleep 0.3; done`;

const docker = (lab: Lab, ...args: string[]) => lab.docker("node1", ...args);
function create(lab: Lab, name: string, script: string, ...options: string[]) {
  const only = ["--no-healthcheck", "--stop-grace-period", "1s", ...options];
  return docker(
    lab,
    "service",
    "create",
    "--detach",
    "--quiet",
    "--name",
    name,
    ...only,
    "lab/web:1",
    "sh",
    "-c",
    script,
  );
}
const lines = (page: Page) => page.locator('[data-slot="log-line"]');
const notices = (page: Page) => page.locator('[data-slot="log-notice"]');
const kept = async (page: Page) =>
  Number(
    ((await page.getByText(/lines? kept, of 100,000/).textContent()) ?? "")
      .split(" ")[0]
      ?.replaceAll(",", ""),
  );

test.beforeAll(({ lab }) =>
  create(lab, "chat_talk", talk, "--replicas", "2", "--label", "com.docker.stack.namespace=chat"),
);
test.afterAll(({ lab }) => docker(lab, "service", "rm", "chat_talk", "chat_many").catch(() => undefined));

test("a service is followed, searched and filtered; hostile lines are text", async ({ page }) => {
  await page.goto("/c/local/services/chat_talk");
  await page.getByRole("link", { name: "Logs", exact: true }).last().click();
  await expect(page).toHaveURL(/logs\?service=chat_talk/);
  await expect(lines(page).filter({ hasText: /INFO step \d+ of/ })).not.toHaveCount(0);
  await expect(lines(page).filter({ hasText: "talk.1" })).not.toHaveCount(0);
  await expect(lines(page).filter({ hasText: "talk.2" })).not.toHaveCount(0);
  await expect(page.locator('[data-slot="log-state"]')).toContainText("Following");

  const search = page.getByRole("searchbox", { name: "Search the lines" });
  await search.fill("onerror|upstream");
  await page.getByRole("radio", { name: "Only matches" }).click();
  await expect(lines(page)).toHaveCount(4);
  // The two streams of a container have no order between them.
  const first = lines(page).filter({ hasText: "onerror" }).first();
  await expect(first).toContainText("<img src=x onerror=alert(1)> red � evil");
  await expect(first.locator("mark")).toHaveText("onerror");
  await expect(first.locator("img")).toHaveCount(0);
  await expect(page).toHaveURL(/q=onerror%7Cupstream/);
  await search.fill("a(b");
  await expect(page.getByRole("alert").filter({ hasText: "no regular expression" })).toBeVisible();
  await search.fill("");

  await page.getByRole("button", { name: "Level" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Error" }).click();
  await page.keyboard.press("Escape");
  await expect(lines(page)).toHaveCount(2);
  await expect(lines(page).filter({ hasText: "stderr" })).toHaveCount(2);
  await expectAccessible(page);
});

test("paused, nothing moves and nothing is lost; JSON opens; a bar leads to its time", async ({ page }) => {
  await page.goto("/c/local/logs?stack=chat");
  await expect(lines(page).filter({ hasText: "INFO step" })).not.toHaveCount(0);
  await page.keyboard.press("Space");
  await expect(page.locator('[data-slot="log-state"]')).toHaveText("Paused");
  const still = await lines(page).last().textContent();
  const before = await kept(page);
  await expect.poll(() => kept(page)).toBeGreaterThan(before + 5);
  expect(await lines(page).last().textContent()).toBe(still);
  await page.getByRole("button", { name: /newer lines?$/ }).click();
  await expect(page.locator('[data-slot="log-state"]')).toContainText("Following");
  await expect.poll(() => lines(page).last().textContent()).not.toBe(still);

  const bar = page.locator('[data-slot="log-chart"] button:enabled').first();
  await bar.click();
  await expect(lines(page).filter({ hasText: "as json" })).not.toHaveCount(0);
  await page.getByRole("button", { name: "Open as JSON" }).first().click();
  await expect(page.getByText('"a": [')).toBeVisible();
  await page.getByRole("button", { name: "Fold JSON" }).click();
  await expect(page.getByText('"a": [')).toHaveCount(0);
});

test("the download has the lines, with names or without", async ({ page }) => {
  await page.goto("/c/local/logs?service=chat_talk");
  await expect(lines(page)).not.toHaveCount(0);
  for (const [item, pattern] of [
    ["With time, task and node", /^\d{4}-.*Z chat_talk\.\d node\d - INFO step 1 of/m],
    ["Lines alone", /^INFO step 1 of/m],
  ] as const) {
    await page.getByRole("button", { name: "Download" }).click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: item }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/\.log$/);
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(Buffer.from(chunk));
    expect(Buffer.concat(chunks).toString()).toMatch(pattern);
  }
});

test("100,000 lines: few elements, and they are searched and scrolled", async ({ page, lab }) => {
  test.setTimeout(120_000);
  await create(lab, "chat_many", "seq 1 20000 | sed 's/^/number /'; sleep 1000", "--replicas", "6");
  await expect
    .poll(
      async () =>
        (await docker(lab, "service", "logs", "--raw", "--tail", "1", "chat_many")).match(/number 20000/g)
          ?.length,
      {
        timeout: 30_000,
      },
    )
    .toBe(6);
  await page.goto("/c/local/logs?service=chat_many&since=all");
  await expect.poll(() => kept(page), { timeout: 60_000 }).toBeGreaterThanOrEqual(100_000);
  expect(await page.locator("*").count()).toBeLessThan(3_000);
  await page.getByRole("searchbox", { name: "Search the lines" }).fill("number 19999$");
  await page.getByRole("radio", { name: "Only matches" }).click();
  await expect(lines(page)).not.toHaveCount(0);
  await expect(lines(page).first()).toContainText("number 19999");
  await page.getByRole("searchbox", { name: "Search the lines" }).fill("");
  await page.getByRole("region", { name: "Log lines" }).hover();
  await page.mouse.wheel(0, -40_000);
  await expect(page.getByRole("button", { name: "Newest lines" })).toBeVisible();
  await expect(lines(page).last()).not.toContainText("number 20000");
  await page.getByRole("button", { name: "Newest lines" }).click();
  await expect(lines(page).last()).toContainText("number 20000");
});

test("a node that dies is a notice among the lines, and the stream goes on", async ({ page, lab }) => {
  test.setTimeout(120_000);
  await page.goto("/c/local/logs?service=chat_talk");
  await expect(lines(page).filter({ hasText: "INFO step" })).not.toHaveCount(0);
  const where = await docker(
    lab,
    "service",
    "ps",
    "chat_talk",
    "--filter",
    "desired-state=running",
    "--format",
    "{{.Node}}",
  );
  const victim = where.split("\n").find((name) => name !== "" && name !== "node1") ?? "node3";
  await lab.kill(victim);
  await expect(notices(page).filter({ hasText: `${victim} does not answer.` })).toBeVisible({
    timeout: 45_000,
  });
  const before = await kept(page);
  await expect.poll(() => kept(page)).toBeGreaterThan(before + 5);
  await lab.start(victim);
  await expect(notices(page).filter({ hasText: `${victim} answers again.` })).toBeVisible({
    timeout: 45_000,
  });
});
