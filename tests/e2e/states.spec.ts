import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, expect } from "@playwright/test";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { signInOver } from "../lab/sign-in.ts";
import { test } from "./fixtures.ts";
import { expectAccessible } from "./signed-in.ts";

// A server that is away or has no engine: the browser reports failed requests.
test.use({
  allowedErrors: [
    /status of 50[34]|ERR_(CONNECTION_(REFUSED|RESET)|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE)/,
  ],
});
test.setTimeout(150_000);

async function signIn(context: BrowserContext, shoal: Shoal): Promise<void> {
  for (const pair of (await signInOver(shoal.url, shoal.user, shoal.password)).split("; ")) {
    const at = pair.indexOf("=");
    await context.addCookies([{ name: pair.slice(0, at), value: pair.slice(at + 1), url: shoal.url }]);
  }
}

test("no engine: says what was tried, and the page heals itself when the engine appears", async ({
  page,
  context,
  lab,
}) => {
  const folder = mkdtempSync(join(tmpdir(), "shoal-states-"));
  const socket = join(folder, "docker.sock");
  const shoal = await startShoal({ engines: [`unix://${socket}`] });
  try {
    await signIn(context, shoal);
    await page.goto(`${shoal.url}/c/local/services`);
    await expect(page.getByRole("heading", { name: "There is no Docker socket here" })).toBeVisible();
    await expect(page.getByText(`unix://${socket}`).first()).toBeVisible();
    await expectAccessible(page);
    symlinkSync(lab.socket("node1"), socket);
    await expect(page.getByRole("heading", { name: "Services" })).toBeVisible();
  } finally {
    await shoal.stop();
    rmSync(folder, { recursive: true });
  }
});

test("a worker says so; once out of the swarm its containers are shown and a swarm is started there", async ({
  page,
  context,
  lab,
}) => {
  const shoal = await startShoal({ engines: [lab.host("node3")] });
  try {
    await signIn(context, shoal);
    await page.goto(`${shoal.url}/c/local/services`);
    await expect(page.getByRole("heading", { name: "node3 is a worker" })).toBeVisible();
    await expect(page.getByText(/docker node promote/)).toBeVisible();
    await expectAccessible(page);

    await lab.docker("node3", "swarm", "leave");
    await lab.docker("node3", "run", "--detach", "--name", "lonely", "lab/web:1");
    await expect(page.getByText("lonely")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Start a swarm here" }).click();
    const dialog = page.getByRole("alertdialog", { name: "Start a swarm on node3" });
    await dialog.getByRole("radio", { name: "Another address" }).click();
    await dialog.getByRole("textbox").fill(`${lab.net}.3`);
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Start swarm" }).click();
    await expect(page.getByRole("heading", { name: "Services" })).toBeVisible();
  } finally {
    await shoal.stop();
    await lab.docker("node3", "rm", "--force", "lonely").catch(() => undefined);
    await lab.docker("node3", "swarm", "leave", "--force").catch(() => undefined);
    await lab.docker("node1", "node", "rm", "--force", "node3").catch(() => undefined);
    const token = await lab.docker("node1", "swarm", "join-token", "--quiet", "worker");
    await lab.docker("node3", "swarm", "join", "--token", token, `${lab.net}.1:2377`);
  }
});

test("the server is away and back: the page keeps its picture, says so, and goes on without a reload", async ({
  page,
  context,
  lab,
}) => {
  const shoal = await startShoal({ engines: [lab.host("node1")] });
  await lab.docker("node1", "service", "create", "--detach", "--quiet", "--name", "steady", "lab/web:1");
  try {
    await signIn(context, shoal);
    await page.goto(`${shoal.url}/c/local/services`);
    await expect(page.getByRole("link", { name: "steady", exact: true })).toBeVisible();
    await page.evaluate(() => {
      document.body.dataset.same = "yes";
    });
    await shoal.kill9();
    await expect(page.getByText(/No connection\. This is the last picture/)).toBeVisible();
    await expect(page.getByRole("link", { name: "steady", exact: true })).toBeVisible();
    await expect(page.getByRole("button", { name: "One more: steady" })).toBeDisabled();
    await expectAccessible(page);
    await shoal.restart();
    await expect(page.getByText(/No connection\. This is the last picture/)).toBeHidden({ timeout: 30_000 });
    await lab.docker("node1", "service", "scale", "--detach", "steady=2");
    await expect(page.getByRole("group", { name: "2 of 2 running: steady" })).toBeVisible();
    expect(await page.evaluate(() => document.body.dataset.same)).toBe("yes");
  } finally {
    await shoal.stop();
    await lab.docker("node1", "service", "rm", "steady").catch(() => undefined);
  }
});

test("the engine freezes and thaws: the last picture stays and is marked", async ({ page, context, lab }) => {
  const shoal = await startShoal({ engines: [lab.host("node1")] });
  await lab.docker("node1", "service", "create", "--detach", "--quiet", "--name", "cold", "lab/web:1");
  try {
    await signIn(context, shoal);
    await page.goto(`${shoal.url}/c/local/services`);
    await expect(page.getByRole("group", { name: "1 of 1 running: cold" })).toBeVisible();
    await lab.freeze("node1");
    await expect(page.getByText(/This is the last picture/)).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole("link", { name: "cold", exact: true })).toBeVisible();
    await expect(page.getByRole("button", { name: "One more: cold" })).toBeDisabled();
    await lab.thaw("node1");
    await expect(page.getByText(/This is the last picture/)).toBeHidden({ timeout: 30_000 });
    await expect(page.getByRole("button", { name: "One more: cold" })).toBeEnabled();
  } finally {
    await lab.thaw("node1").catch(() => undefined);
    await shoal.stop();
    await lab.docker("node1", "service", "rm", "cold").catch(() => undefined);
  }
});
