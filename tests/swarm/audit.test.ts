import { afterAll, beforeAll, expect, test } from "vitest";
import type {
  AuditPage, NewPasswordAnswer, NewTokenAnswer, RecoveryCodes, TwoFactorSetup,
} from "#lib/shared/api/people-types.ts"; // biome-ignore format: one block
import { appCode } from "../lab/authenticator.ts";
import { inDatabase } from "../lab/data-dir.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { signInOver } from "../lab/sign-in.ts";
import { peopleOf, password as secretWord } from "./people-on-lab.ts";

let lab: Lab;
let shoal: Shoal;
beforeAll(async () => {
  lab = await startLab({ name: "audit", nodes: 1, managers: 1 });
  shoal = await startShoal({ engines: [lab.host("node1")] });
});
const { call, ask, refused, person } = peopleOf(() => shoal);
afterAll(async () => {
  await shoal?.stop();
  await lab?.down();
});

test("the audit log tells who did what to which object, from where, with the difference; refusals too", async () => {
  const paul = await person("paul", "viewer");
  await ask("PATCH", `/users/${paul.id}`, { role: "operator", name: "pavel" });
  const token = await ask<NewTokenAnswer>(
      "POST", "/me/tokens", { name: "ci", role: "viewer", expiresInDays: 7 },
      { cookie: await signInOver(shoal.url, "pavel", secretWord) },
    ); // biome-ignore format: short
  expect(await refused("GET", "/users", undefined, { token: token.token })).toBe("forbidden");
  expect(await refused("GET", "/audit", undefined, { token: token.token })).toBe("forbidden");

  const of = async (query: string) => (await ask<AuditPage>("GET", `/audit?${query}`)).items;
  expect(await of("object=paul&action=user.update")).toMatchObject([
    {
      object: "account paul",
      result: "ok",
      role: "admin",
      via: "token",
      address: "127.0.0.1",
      facts: { role: { from: "viewer", to: "operator" }, name: { from: "paul", to: "pavel" } },
    },
  ]);
  const denied = await of("who=pavel&result=denied");
  expect(denied.map(({ action }) => action).sort()).toEqual(["listAudit", "listUsers"]);
  expect(denied[0]).toMatchObject({ userName: "pavel, token ci", facts: { code: "forbidden" } });
  expect(await of("who=pavel&result=ok&action=token.create")).toHaveLength(1);
  expect(await of("from=2099-01-01")).toEqual([]);
  expect(await of("to=2000-01-01")).toEqual([]);

  const first = await ask<AuditPage>("GET", "/audit?limit=3");
  expect(first.items).toHaveLength(3);
  expect(first.actions).toContain("user.update");
  const second = await ask<AuditPage>("GET", `/audit?limit=3&before=${first.next}`);
  expect(second.items[0]?.id).toBeLessThan(first.items[2]?.id ?? 0);
  for (const query of ["result=maybe", "from=yesterday", "before=-1", "limit=0", "limit=9999", "colour=red"])
    expect(await refused("GET", `/audit?${query}`)).toBe("invalid_input");
});

test("the audit log is exported as CSV that no spreadsheet runs, and as one JSON object a line", async () => {
  const token = await shoal.token("viewer", "=HYPERLINK(1)");
  expect(await refused("GET", "/users", undefined, { token })).toBe("forbidden");
  const [csv, lines] = await Promise.all(
    ["csv", "ndjson"].map((format) => call("GET", `/audit/export?format=${format}&result=denied`)),
  );
  expect(csv?.headers.get("content-type")).toMatch(/^text\/csv/);
  expect(csv?.headers.get("content-disposition")).toMatch(/^attachment; filename="shoal-audit-.*\.csv"$/);
  const rows = String(csv?.body).trimEnd().split("\r\n");
  expect(rows[0]).toBe(
    '"id","time","user","role","via","address","action","object","cluster","result","facts"',
  );
  expect(rows.length).toBeGreaterThan(1);
  expect(String(csv?.body)).not.toMatch(/(^|,)"[=+\-@]/m);
  const items = String(lines?.body)
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { result: string });
  expect(new Set(items.map(({ result }) => result))).toEqual(new Set(["denied"]));
  const exported = await ask<AuditPage>("GET", "/audit?action=audit.export");
  expect(exported.items.map(({ facts }) => facts.format).sort()).toEqual(["csv", "ndjson"]);
  expect(await refused("GET", "/audit/export?format=xlsx")).toBe("invalid_input");
});

test("the audit log holds no password, no token, no code, and neither does the log of the server", async () => {
  const { user, password } = await ask<NewPasswordAnswer>("POST", "/users", {
    name: "secretive",
    role: "viewer",
  });
  const cookie = await signInOver(shoal.url, user.name, password ?? "");
  const who = { cookie };
  const { token } = await ask<NewTokenAnswer>(
      "POST", "/me/tokens", { name: "ci", role: "viewer", expiresInDays: null }, who,
    ); // biome-ignore format: short
  const { secret } = await ask<TwoFactorSetup>("POST", "/me/two-factor", { current: password }, who);
  const code = appCode(secret);
  const { recoveryCodes } = await ask<RecoveryCodes>("POST", "/me/two-factor/confirm", { code }, who);
  const kept = inDatabase(shoal.dataDir, (db) => JSON.stringify(db.prepare("SELECT * FROM audit").all()));
  const secrets = [password ?? "", token.slice(-32), secret, secretWord, ...recoveryCodes];
  for (const text of [kept, shoal.log()]) for (const each of secrets) expect(text).not.toContain(each);
  const tables = ["users", "tokens", "two_factor", "recovery_codes", "sessions"];
  const stored = inDatabase(shoal.dataDir, (db) =>
    JSON.stringify(tables.map((table) => db.prepare(`SELECT * FROM ${table}`).all())),
  );
  for (const each of secrets) expect(stored).not.toContain(each);
});
