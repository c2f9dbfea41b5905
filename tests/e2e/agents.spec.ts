import { expect, type Page } from "@playwright/test";
import { test } from "./agents-lab.ts";
import { expectAccessible } from "./signed-in.ts";

test.use({ labSize: { nodes: 3, managers: 1 } });
test.describe.configure({ mode: "serial" });

const row = (page: Page, name: string) => page.locator("tr[data-key]").filter({ hasText: name });

async function act(page: Page, node: string, verb: string): Promise<void> {
  await page
    .getByRole("button", { name: `More actions for the agent on ${node}` })
    .first()
    .click();
  await page.getByRole("menuitem", { name: verb }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: verb, exact: true }).click();
  await expect(page.getByRole("alertdialog")).toBeHidden();
}

test("a cluster without agents says what to run, and fills by itself as the first node reports in", async ({
  page,
  agentsOn,
}) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "No node has reported in yet" })).toBeVisible();
  await expect(page.getByText("Nobody yet.")).toBeVisible();
  await expect(page.getByText(/shoaljoin_/)).toHaveCount(0);
  await page.getByRole("button", { name: "Show the join key and commands" }).click();
  const key = await agentsOn.joinKey();
  await expect(page.getByText(key).first()).toBeVisible();
  await expect(page.getByText("is plain http")).toBeVisible();
  await page.getByText("Looks only").click();
  await expect(page.getByText("SHOAL_SCOPE: read", { exact: false }).first()).toBeVisible();
  await page.getByRole("radio", { name: "A single engine" }).click();
  await expect(page.getByText("-e SHOAL_SCOPE=read", { exact: false })).toBeVisible();
  await expectAccessible(page);
  await agentsOn.join("node1");
  await expect(page.getByRole("heading", { name: "No tasks are wanted." })).toBeVisible();
});

test("nodes appear while the dialog is open, and those without an agent are named", async ({
  page,
  agentsOn,
}) => {
  await page.goto("/c/local/agents");
  const sentence = page.locator("[data-slot=agents-sentence]");
  await expect(sentence).toHaveText("1 of 3 nodes are connected; node2: no agent; node3: no agent.");
  await expect(row(page, "node1")).toContainText("Connected");
  await expect(row(page, "node2")).toContainText("No agent");
  await page.getByRole("button", { name: "Add nodes" }).click();
  const dialog = page.getByRole("dialog", { name: /^Add nodes to/ });
  const reporting = dialog.locator("[data-slot=reporting-nodes]");
  await expect(reporting).toContainText("1 of 3 nodes are connected");
  await agentsOn.join("node2", { scope: "read" });
  await expect(reporting).toContainText("2 of 3 nodes are connected; node3: no agent");
  await page.keyboard.press("Escape");
  await expect(row(page, "node2")).toContainText("read");
  await expect(row(page, "node2")).toContainText(/\d ms/);
});

test("shut out, and let in again, without touching the node", async ({ page }) => {
  await page.goto("/c/local/agents");
  await act(page, "node2", "Shut out");
  await expect(row(page, "node2")).toContainText("Shut out");
  await act(page, "node2", "Let in");
  await expect(row(page, "node2")).toContainText("Connected", { timeout: 40_000 });
});

test("another key for a known node waits for a person, who sees both keys", async ({ page, agentsOn }) => {
  await page.goto("/c/local/agents");
  const first = await agentsOn.join("node3");
  await expect(row(page, "node3")).toContainText("Connected");
  await first.stop();
  await expect(row(page, "node3")).toContainText("Offline");
  await agentsOn.join("node3");
  await expect(row(page, "node3")).toHaveCount(2);
  const waiting = row(page, "Waiting for you");
  await expect(waiting).toContainText("node3");
  await waiting.getByRole("button", { name: "Let in the agent on node3" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Let in the agent on node3" });
  await expect(dialog.getByText(/^key [\w-]{8}… from /)).toHaveCount(2);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Let in" }).click();
  await expect(row(page, "node3")).toHaveCount(1);
  await expect(row(page, "node3")).toContainText("Connected", { timeout: 40_000 });
  await expect(page.locator("[data-slot=agents-sentence]")).toHaveText("3 of 3 nodes are connected.");
});

test("a frozen engine behind a living agent is told apart from a dead node", async ({ page, lab }) => {
  await page.goto("/c/local/agents");
  await lab.freeze("node2");
  try {
    await expect(row(page, "node2")).toContainText("Engine silent", { timeout: 60_000 });
  } finally {
    await lab.thaw("node2");
  }
  await expect(row(page, "node2")).toContainText("Connected", { timeout: 40_000 });
});

test("forgotten, an agent that still runs comes in again with its join key", async ({ page }) => {
  await page.goto("/c/local/agents");
  const key = await row(page, "node2").getAttribute("data-key");
  await act(page, "node2", "Forget");
  await expect(row(page, "node2")).toContainText("Connected", { timeout: 40_000 });
  expect(await row(page, "node2").getAttribute("data-key")).toBe(key);
});

test("a replaced join key lets nobody new in, and those who are known stay", async ({ page, agentsOn }) => {
  await page.goto("/c/local/agents");
  const before = await agentsOn.joinKey();
  await page.getByRole("button", { name: "Add nodes" }).click();
  await page.getByRole("button", { name: "Show the join key and commands" }).click();
  await page.getByRole("radio", { name: "1 hour" }).click();
  await page.getByRole("button", { name: "Replace the join key" }).click();
  await expect(page.getByText("This is the new join key.")).toBeVisible();
  await expect(page.getByText("It lets new nodes in until")).toBeVisible();
  expect(await agentsOn.joinKey()).not.toBe(before);
  await page.keyboard.press("Escape");
  await expect(page.locator("[data-slot=agents-sentence]")).toHaveText("3 of 3 nodes are connected.");
});
