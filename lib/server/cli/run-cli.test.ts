import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAuditLog } from "#lib/server/audit/audit-log.ts";
import { createAuth } from "#lib/server/auth/auth-service.ts";
import { auditTable } from "#lib/server/db/audit.ts";
import { openDatabase } from "#lib/server/db/open.ts";
import { backupCommand, restoreCommand } from "./backup-commands.ts";
import { readFirstLine } from "./read-first-line.ts";
import { runCli } from "./run-cli.ts";
import { serveCommand } from "./serve-command.ts";
import { durationMs, tokenCreateCommand } from "./token-command.ts";
import { resetPasswordCommand } from "./user-command.ts";

const commands = [serveCommand, tokenCreateCommand, resetPasswordCommand, backupCommand, restoreCommand];
const log = pino({ level: "silent" });
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shoal-cli-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function shoal(words: string[], input: string | null = null, env: Record<string, string> = {}) {
  const out: string[] = [];
  const said: string[] = [];
  const code = await runCli(commands, {
    words,
    env: { SHOAL_DATA_DIR: folder, ...env },
    home: folder,
    build: "test",
    version: "1.2.3",
    readInput: async () => input,
    out: (text) => out.push(text),
    say: (text) => said.push(text),
  });
  return { code, out: out.join("\n"), said: said.join("\n") };
}

/** The server's side of the same data folder, open while the commands run. */
async function withServer<Result>(
  use: (auth: ReturnType<typeof createAuth>) => Promise<Result>,
): Promise<Result> {
  const db = openDatabase(folder);
  try {
    return await use(createAuth({ db, audit: createAuditLog(auditTable(db), log), log, cost: 4 }));
  } finally {
    db.close();
  }
}

describe("calls", () => {
  test.each([
    [["--version"], 0, "1.2.3"],
    [["--help"], 0, "shoal token create"],
    [[], 0, "shoal serve"],
    [["serve", "--help"], 0, "SHOAL_TRUSTED_PROXIES"],
    [["token", "create", "--help"], 0, "--expires"],
  ])("%j prints its help", async (words: string[], code, part) => {
    const result = await shoal(words);
    expect(result).toMatchObject({ code, said: "" });
    expect(result.out).toContain(part);
  });

  test.each([
    [["nope"], 'no command "nope"'],
    [["token"], 'no command "token"'],
    [["token", "create", "--role", "king", "--name", "x"], "--role is one of viewer, operator, admin"],
    [["token", "create", "--role", "viewer"], "--name"],
    [["token", "create", "--role", "viewer", "--name", "x", "--expires", "soon"], "--expires"],
    [["token", "create", "--what"], "--what"],
    [["backup"], "takes FILE"],
    [["serve", "now"], "serve"],
  ])("%j is a usage error", async (words: string[], part) => {
    const result = await shoal(words);
    expect(result).toMatchObject({ code: 2, out: "" });
    expect(result.said).toContain(part);
  });

  test("a configuration that cannot be used ends with code 2 and one sentence", async () => {
    const { code, said } = await shoal(["serve"], null, { SHOAL_PORT: "high" });
    expect(code).toBe(2);
    expect(said).toBe('shoal: SHOAL_PORT is "high". Allowed: a whole number from 0 to 65535.');
  });

  test("commands on a folder without a database say so and leave it empty", async () => {
    const { code, said } = await shoal(["token", "create", "--role", "viewer", "--name", "x"]);
    expect(code).toBe(1);
    expect(said).toContain(folder);
    expect(readdirSync(folder)).toEqual([]);
  });
});

test("a token is alone on the output and works at the open server at once", async () => {
  await withServer(async (auth) => {
    const { code, out } = await shoal([
      "token",
      "create",
      "--role",
      "operator",
      "--name",
      "ci",
      "--expires",
      "30d",
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(/^shoal_\w+$/);
    const caller = await auth.authenticate({ cookie: null, authorization: `Bearer ${out}`, address: "::1" });
    expect(caller).toMatchObject({ role: "operator", via: "token" });
    const days = ((auth.listTokens()[0]?.expiresAt ?? 0) - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(30, 2);
  });
});

describe("reset-password", () => {
  test("takes the password from the input without repeating it, or makes one and prints it", async () => {
    await withServer(async (auth) => {
      await auth.applyAdminPassword({ kind: "plain", text: "the first password" });
      const given = await shoal(["user", "reset-password", "admin"], "the second password");
      expect(given).toMatchObject({ code: 0, out: "" });
      expect(given.said).not.toContain("second");
      await expect(
        auth.signIn({ name: "admin", password: "the second password" }, "::1"),
      ).resolves.toBeTruthy();
      const made = await shoal(["user", "reset-password", "admin"]);
      await expect(auth.signIn({ name: "admin", password: made.out }, "::1")).resolves.toBeTruthy();
    });
  });

  test("an unknown account and a short password are refused in a sentence", async () => {
    await withServer((auth) => auth.applyAdminPassword({ kind: "plain", text: "the first password" }));
    expect(await shoal(["user", "reset-password", "nobody"])).toMatchObject({ code: 1, out: "" });
    const short = await shoal(["user", "reset-password", "admin"], "short");
    expect(short.code).toBe(1);
    expect(short.said).toMatch(/^shoal: .*10/);
  });
});

test("backup says that it holds the keys, and restore brings the accounts back", async () => {
  await withServer((auth) => auth.applyAdminPassword({ kind: "plain", text: "the first password" }));
  const file = join(folder, "copy.db");
  const made = await shoal(["backup", file]);
  expect(made).toMatchObject({ code: 0, out: file });
  expect(made.said).toContain("keys");
  expect(await shoal(["backup", file])).toMatchObject({ code: 1 });
  rmSync(join(folder, "shoal.db"));
  expect(await shoal(["restore", file])).toMatchObject({ code: 0 });
  expect(existsSync(join(folder, "shoal.db"))).toBe(true);
  await withServer(async (auth) => expect(auth.accountNames()).toEqual(["admin"]));
});

test.each([
  ["12h", 43_200_000],
  ["30d", 2_592_000_000],
  ["2w", 1_209_600_000],
])("%s is %i ms", (text, ms) => {
  expect(durationMs(text)).toBe(ms);
});

test.each([
  [["secret\nrest"], "secret"],
  [["sec", "ret\r\n"], "secret"],
  [["no end"], "no end"],
  [["\n"], null],
  [[], null],
])("the first line of %j is %j", async (chunks: string[], line) => {
  expect(await readFirstLine(Readable.from(chunks))).toBe(line);
});
