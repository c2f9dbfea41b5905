import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { encode } from "next-auth/jwt";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { createAuditLog } from "#lib/server/audit/audit-log.ts";
import { createAuth } from "#lib/server/auth/auth-service.ts";
import { auditTable } from "#lib/server/db/audit.ts";
import { type Db, openDatabase } from "#lib/server/db/open.ts";
import type { Runtime } from "#lib/server/runtime-types.ts";
import type { Access } from "#lib/shared/access.ts";
import type { Operation } from "#lib/shared/api/operation.ts";
import { type OperationId, operations } from "#lib/shared/api/operations.ts";
import type { Problem } from "#lib/shared/errors.ts";
import { mayDo } from "#lib/shared/roles.ts";
import { sessionCookieName } from "#lib/shared/session-cookie.ts";
import { testClusters } from "./testing/test-clusters.ts";
import { withApi } from "./with-api.ts";

const origin = "http://shoal.test:9000";
const password = "correct horse battery";
const address = "192.0.2.1";
const log = pino({ level: "silent" });
const dataDir = mkdtempSync(join(tmpdir(), "shoal-access-"));
let db: Db;
let auth: ReturnType<typeof createAuth>;
const cookies = new Map<string, string>();

/** Two clusters, `lab` and `shop`, and people who may in them what stands here. */
const people: Readonly<Record<string, Access>> = {
  operatorInLab: { role: "none", clusters: { lab: "operator" } },
  adminInLab: { role: "viewer", clusters: { lab: "admin" } },
  notInShop: { role: "operator", clusters: { shop: "none" } },
  nobody: { role: "none", clusters: {} },
  viewer: { role: "viewer", clusters: {} },
};

beforeAll(async () => {
  db = openDatabase(dataDir);
  const audit = createAuditLog(auditTable(db), log);
  auth = createAuth({ db, log, cost: 4, audit });
  const runtime: Partial<Runtime> = {
    build: "test",
    log,
    auth,
    audit,
    clusters: testClusters("lab", "shop"),
  };
  (globalThis as Record<symbol, unknown>)[Symbol.for("shoal.runtime")] = runtime;
  await auth.setup({ code: auth.setupCode() ?? "", name: "ann", password }, address);
  for (const [name, access] of Object.entries(people)) {
    const { user } = await auth.people.createUser({ name, ...access, password });
    const sid = auth.openSession(user.id, { address, userAgent: "" });
    const token = await encode({ token: { sub: user.id, sid }, secret: auth.sessionSecret });
    cookies.set(name, `${sessionCookieName(false)}=${token}`);
  }
});
afterAll(() => {
  db.close();
  rmSync(dataDir, { recursive: true });
  delete (globalThis as Record<symbol, unknown>)[Symbol.for("shoal.runtime")];
});

async function call(id: OperationId, who: string, cluster?: string) {
  let role: string | undefined;
  const handler = withApi(id, ({ caller }) => {
    role = caller?.role;
    return {};
  });
  const { method } = operations[id];
  const request = new Request(origin, { method, headers: { cookie: cookies.get(who) ?? "", origin } });
  const response = await handler(request, {
    params: Promise.resolve({ ...(cluster !== undefined && { cluster }), id: "x", rev: "1" }),
  });
  return { status: response.status, role, body: await response.text() };
}

const ofClusters = (Object.entries(operations) as [OperationId, Operation][]).filter(([, { path }]) =>
  path.includes("{cluster}"),
);

/** What somebody is in a cluster, said apart from the code that decides it. */
const expected = [
  ["operatorInLab", "lab", "operator"],
  ["operatorInLab", "shop", "none"],
  ["adminInLab", "lab", "admin"],
  ["adminInLab", "shop", "viewer"],
  ["notInShop", "lab", "operator"],
  ["notInShop", "shop", "none"],
  ["nobody", "lab", "none"],
  ["viewer", "shop", "viewer"],
] as const;

const everywhere = {
  operatorInLab: "none",
  adminInLab: "viewer",
  notInShop: "operator",
  nobody: "none",
  viewer: "viewer",
} as const;

describe.each(expected)("%s in %s, as %s", (who, cluster, role) => {
  it.each(ofClusters)("%s", async (id, { permission }) => {
    const answer = await call(id, who, cluster);
    if (role === "none") {
      const unknown = await call(id, who, "nowhere");
      expect([answer.status, unknown.status]).toEqual([404, 404]);
      // The refusal says nothing that the one for a name without a cluster does not say.
      expect(answer.body).toBe(unknown.body.replaceAll("nowhere", cluster));
      return;
    }
    if (permission === "public") throw new Error("an operation on a cluster is public");
    // An admin of one cluster neither renames nor removes it: that is the server's.
    const judged = permission === "cluster.manage" ? everywhere[who] : role;
    if (!mayDo(judged, permission)) {
      expect(answer.status).toBe(403);
      expect((JSON.parse(answer.body) as Problem).details).toMatchObject({ role: judged });
      return;
    }
    // The body or query may be missing: that is asked after the guard has let it pass.
    expect([200, 400]).toContain(answer.status);
    if (answer.status === 200) expect(answer.role).toBe(role);
  });
});

test("a name without a cluster is not told apart by what somebody may not do", async () => {
  for (const [id] of ofClusters) expect((await call(id, "viewer", "nowhere")).status, id).toBe(404);
});

test("an escaped id is judged as what it stands for", async () => {
  expect((await call("getCluster", "notInShop", "sho%70")).status).toBe(404);
  expect((await call("getCluster", "operatorInLab", "la%62")).status).toBe(200);
});

test("attempts on a hidden cluster are in the audit log", async () => {
  await call("scaleService", "notInShop", "shop");
  expect(auditTable(db).newest(1)).toMatchObject([
    { action: "service.scale", cluster: "shop", result: "denied", userName: "notInShop", role: "none" },
  ]);
});

test.each([
  ["operatorInLab", ["lab"]],
  ["notInShop", ["lab"]],
  ["adminInLab", ["lab", "shop"]],
  ["nobody", []],
] as const)("%s is told of %o", async (who, ids) => {
  const request = new Request(origin, { headers: { cookie: cookies.get(who) ?? "" } });
  const list = withApi("listClusters", ({ runtime }) => runtime.clusters.list().map(({ id }) => id));
  const response = await list(request, {});
  expect(await response.json()).toEqual(ids);
});

test("what belongs to the server needs the role everywhere, whatever somebody is in one cluster", async () => {
  for (const id of ["listUsers", "addCluster", "listAudit", "openDemo"] as const) {
    expect((await call(id, "operatorInLab")).status, id).toBe(403);
  }
  expect((await call("listUsers", "adminInLab")).status).toBe(403);
  expect((await call("getMe", "nobody")).status).toBe(200);
});

test("a stream ends with its reader's credential, also when nothing but its signal is still held", async () => {
  let signal: AbortSignal | undefined;
  const follow = withApi("followEvents", ({ request }) => {
    signal = request.signal;
    return new Response("");
  });
  const sid = auth.openSession(auth.people.user("adminInLab").id, { address, userAgent: "" });
  const token = await encode({ token: { sub: "u", sid }, secret: auth.sessionSecret });
  const headers = { cookie: `${sessionCookieName(false)}=${token}` };
  await follow(new Request(origin, { headers }), { params: Promise.resolve({ cluster: "lab" }) });
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  // What is only weakly held goes in the turn after the one it was last looked at.
  for (let turn = 0; turn < 5; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    collect();
  }
  auth.endSession(sid);
  expect(signal?.aborted).toBe(true);
});

test("a stream ends when somebody may do something else, and not when somebody else may", async () => {
  let signal: AbortSignal | undefined;
  const follow = withApi("followEvents", ({ request }) => {
    signal = request.signal;
    return new Response("");
  });
  const request = new Request(origin, { headers: { cookie: cookies.get("viewer") ?? "" } });
  await follow(request, { params: Promise.resolve({ cluster: "lab" }) });
  auth.people.changeUser("nobody", { clusters: { lab: "viewer" } });
  expect(signal?.aborted).toBe(false);
  auth.people.changeUser("viewer", { clusters: { lab: "none" } });
  expect(signal?.aborted).toBe(true);
});
