import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inDatabase } from "../lab/data-dir.ts";
import { runShoal } from "../lab/payload.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { signInOver } from "../lab/sign-in.ts";

const base = mkdtempSync(join(tmpdir(), "shoal-data-"));
const noEngine = ["unix:///nowhere/docker.sock"];
let shoal: Shoal;
let cookie: string;
let token: string;

beforeAll(async () => {
  shoal = await startShoal({ engines: noEngine, dataDir: join(base, "data") });
  cookie = await signInOver(shoal.url, shoal.user, shoal.password);
  token = await shoal.token("operator");
});
afterAll(async () => {
  await shoal?.stop();
  rmSync(base, { recursive: true });
});

const me = async (url: string, headers: Record<string, string>) => {
  const answer = await fetch(`${url}/api/v1/me`, { headers });
  return answer.ok ? ((await answer.json()) as { name: string }).name : answer.status;
};

test("a power cut keeps sessions and tokens", async () => {
  await shoal.kill9();
  await shoal.restart();
  expect(await me(shoal.url, { cookie })).toBe("admin");
  expect(await me(shoal.url, { authorization: `Bearer ${token}` })).toBe("token test operator");
});

test("a second server on the same data folder is refused, and the first one stays", async () => {
  const { code, stderr } = await runShoal(["serve"], {
    SHOAL_HOST: "127.0.0.1",
    SHOAL_PORT: "0",
    SHOAL_DATA_DIR: shoal.dataDir,
  });
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^shoal: The data folder \S+ is in use by a running Shoal \(process \d+ on \S+\)\. /,
  );
  expect(await me(shoal.url, { cookie })).toBe("admin");
});

test("a backup of the running server brings accounts and keys into an empty folder, but no session", async () => {
  const file = join(base, "shoal.backup");
  const backup = await runShoal(["backup", file], { SHOAL_DATA_DIR: shoal.dataDir });
  expect([backup.code, backup.stdout]).toEqual([0, `${file}\n`]);
  expect(backup.stderr).toContain("keys");
  expect(statSync(file).mode & 0o777).toBe(0o600);

  const whileRunning = await runShoal(["restore", file], { SHOAL_DATA_DIR: shoal.dataDir });
  expect(whileRunning.code).toBe(1);
  expect(whileRunning.stderr).toContain("is in use by a running Shoal");
  expect(await me(shoal.url, { cookie })).toBe("admin");

  const dataDir = join(base, "restored");
  const restore = await runShoal(["restore", file], { SHOAL_DATA_DIR: dataDir });
  expect([restore.code, restore.stderr]).toEqual([0, expect.stringContaining("Everybody signs in again")]);
  // Its own password file would change the password that the backup brought.
  const env = { SHOAL_ADMIN_PASSWORD_FILE: "" };
  const restored = await startShoal({ engines: noEngine, dataDir, env });
  try {
    expect(await me(restored.url, { cookie })).toBe(401);
    expect(await me(restored.url, { authorization: `Bearer ${token}` })).toBe("token test operator");
    const again = await signInOver(restored.url, "admin", shoal.password);
    expect(await me(restored.url, { cookie: again })).toBe("admin");
  } finally {
    await restored.stop();
  }
});

test("what a page or a route throws is in the log with path and stack, and answered plainly", async () => {
  const rename = (from: string, to: string) =>
    inDatabase(shoal.dataDir, (db) => db.exec(`ALTER TABLE ${from} RENAME TO ${to}`));
  const before = shoal.log().length;
  rename("sessions", "sessions_gone");
  try {
    const page = await fetch(`${shoal.url}/c/local/services?q=private`, { headers: { cookie } });
    expect(page.status).toBe(500);
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(await page.text()).not.toContain("no such table");
    const route = await fetch(`${shoal.url}/api/v1/me`, { headers: { cookie } });
    expect(route.status).toBe(500);
    expect(route.headers.get("content-type")).toBe("application/problem+json");
    expect(await route.json()).toEqual({
      type: "about:blank",
      title: "internal",
      status: 500,
      code: "internal",
      detail: "Something went wrong inside Shoal. The server's log has the details.",
    });
  } finally {
    rename("sessions_gone", "sessions");
  }
  const lines = shoal.log().slice(before).split("\n");
  const errors = lines.filter((line) => line.startsWith('{"level":"error"')).map((line) => JSON.parse(line));
  for (const path of ["/c/local/services", "/api/v1/me"]) {
    const err = { message: expect.stringContaining("no such table"), stack: expect.stringContaining(" at ") };
    expect(errors).toContainEqual(expect.objectContaining({ path, err: expect.objectContaining(err) }));
  }
  expect(errors.map(({ path }) => path).filter((path) => /private/.test(path))).toEqual([]);
  expect(await me(shoal.url, { cookie })).toBe("admin");
});
