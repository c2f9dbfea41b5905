import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode } from "next-auth/jwt";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createAuditLog } from "#lib/server/audit/audit-log.ts";
import { createAuth } from "#lib/server/auth/auth-service.ts";
import { auditTable } from "#lib/server/db/audit.ts";
import { type Db, openDatabase } from "#lib/server/db/open.ts";
import type { Runtime } from "#lib/server/runtime-types.ts";
import { AppError, type Problem } from "#lib/shared/errors.ts";
import type { Role } from "#lib/shared/roles.ts";
import { sessionCookieName } from "#lib/shared/session-cookie.ts";
import { testClusters } from "./testing/test-clusters.ts";
import { withApi } from "./with-api.ts";

const log = pino({ level: "silent" });
const origin = "http://shoal.test:9000";
const password = "correct horse battery";
let dataDir: string;
let db: Db;
let auth: ReturnType<typeof createAuth>;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "shoal-api-"));
  db = openDatabase(dataDir);
  const audit = createAuditLog(auditTable(db), log);
  auth = createAuth({ db, log, cost: 4, audit });
  const runtime: Partial<Runtime> = { build: "test", log, auth, audit, clusters: testClusters("local") };
  (globalThis as Record<symbol, unknown>)[Symbol.for("shoal.runtime")] = runtime;
});
afterEach(() => {
  db.close();
  rmSync(dataDir, { recursive: true });
  delete (globalThis as Record<symbol, unknown>)[Symbol.for("shoal.runtime")];
});

const bearer = (role: Role) => ({
  authorization: `Bearer ${auth.createToken({ name: "t", role, expiresAt: null }).token}`,
});
async function cookie(): Promise<{ cookie: string; sid: string }> {
  if (auth.needsSetup())
    await auth.setup({ code: auth.setupCode() ?? "", name: "ann", password }, "192.0.2.1");
  const { userId } = await auth.signIn({ name: "ann", password }, "192.0.2.1");
  const sid = auth.openSession(userId, { address: "192.0.2.1", userAgent: "" });
  const token = await encode({ token: { sub: userId, sid }, secret: auth.sessionSecret });
  return { cookie: `${sessionCookieName(false)}=${token}`, sid };
}

const json = { "content-type": "application/json" };
const context = (params: Record<string, unknown> = { cluster: "local", id: "web_api" }) => ({
  params: Promise.resolve(params),
});
const post = (body: BodyInit | undefined, headers: Record<string, string>) =>
  new Request(`${origin}/api/v1/clusters/local/services/web_api/scale`, { method: "POST", body, headers });
const problemOf = async (response: Response) => {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const problem = (await response.json()) as Problem;
  expect(problem.status).toBe(response.status);
  return problem;
};
const audited = () =>
  auditTable(db)
    .newest(50)
    .filter((row) => row.action !== "session.begin");

const scale = withApi("scaleService", ({ params, body, audit }) => {
  audit(`service ${params.id}`, { replicas: body.replicas });
  return { item: params.id, replicas: body.replicas };
});

describe("withApi answers", () => {
  it("what the handler answers as JSON, and writes the audit row", async () => {
    const response = await scale(
      post('{"replicas":3}', { ...json, ...bearer("operator"), "x-shoal-client": "192.0.2.9" }),
      context(),
    );
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.json()).toEqual({ item: "web_api", replicas: 3 });
    expect(audited()).toMatchObject([
      { action: "service.scale", object: "service web_api", cluster: "local", result: "ok", userName: "token t", role: "operator", via: "token", address: "192.0.2.9", facts: '{"replicas":3}' },
    ]); // biome-ignore format: one row
  });

  it("204 for nothing, and a Response as it is", async () => {
    const nothing = await withApi("endAllSessions", () => undefined)(
      new Request(`${origin}/`, { method: "DELETE", headers: bearer("viewer") }), context({}),
    ); // biome-ignore format: short
    expect([nothing.status, await nothing.text()]).toEqual([204, ""]);
    const own = new Response("raw", { status: 202 });
    // Next passes no params for a path that has none.
    const passed = await withApi("getMe", () => own)(new Request(origin, { headers: bearer("viewer") }), {});
    expect(passed).toBe(own);
  });

  it("an empty body as {}", async () => {
    const restart = withApi("restartService", ({ body }) => ({ body }));
    expect(await (await restart(post(undefined, bearer("operator")), context())).json()).toEqual({
      body: {},
    });
  });
});

describe("withApi refuses", () => {
  const ok = { "content-type": "application/json" };
  const refusals: [string, () => [BodyInit | undefined, Record<string, string>, Record<string, unknown>?], number, string][] = [
    ["nobody", () => ['{"replicas":1}', ok], 401, "unauthenticated"],
    ["a wrong token", () => ['{"replicas":1}', { ...ok, authorization: `Bearer shoal_${"0".repeat(12)}_${"x".repeat(32)}` }], 401, "unauthenticated"],
    ["a viewer", () => ['{"replicas":1}', { ...ok, ...bearer("viewer") }], 403, "forbidden"],
    ["another body type", () => ['{"replicas":1}', { "content-type": "text/plain", ...bearer("operator") }], 415, "unsupported_media_type"],
    ["a form", () => [new URLSearchParams({ replicas: "1" }), bearer("operator")], 415, "unsupported_media_type"],
    ["no JSON", () => ["{replicas", { ...ok, ...bearer("operator") }], 400, "invalid_input"],
    ["a wrong field", () => ['{"replicas":-1}', { ...ok, ...bearer("operator") }], 400, "invalid_input"],
    ["an unknown field", () => ['{"replicas":1,"x":2}', { ...ok, ...bearer("operator") }], 400, "invalid_input"],
    ["JSON of another shape", () => ["[]", { ...ok, ...bearer("operator") }], 400, "invalid_input"],
    ["too much", () => [`{"replicas":1,"confirm":"${"x".repeat(1 << 20)}"}`, { ...ok, ...bearer("operator") }], 413, "too_large"],
    ["a path that leads elsewhere", () => ['{"replicas":1}', { ...ok, ...bearer("operator") }, { cluster: "local", id: "..%2F..%2Fsecrets" }], 400, "invalid_input"],
    ["dots as a name", () => ['{"replicas":1}', { ...ok, ...bearer("operator") }, { cluster: "local", id: ".." }], 400, "invalid_input"],
  ]; // biome-ignore format: table

  it.each(refusals)("%s", async (_what, make, status, code) => {
    const [body, headers, params] = make();
    const response = await scale(post(body, headers), context(params));
    expect(response.status).toBe(status);
    expect((await problemOf(response)).code).toBe(code);
    expect(response.headers.has("www-authenticate")).toBe(status === 401);
  });

  it("a body that grows beyond the limit without saying how long it is", async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(64 * 1024).fill(32));
      },
    });
    const request = new Request(`${origin}/`, {
      method: "POST", body: endless, duplex: "half", headers: { ...json, ...bearer("operator") },
    } as RequestInit); // biome-ignore format: short
    expect((await scale(request, context())).status).toBe(413);
    expect(sent).toBeLessThan(30);
  });

  it("wrong fields by name", async () => {
    const response = await scale(
      post('{"replicas":1.5,"confirm":3}', { ...json, ...bearer("operator") }),
      context(),
    );
    const { details } = await problemOf(response);
    expect(Object.keys((details as { fields: object }).fields)).toEqual(["replicas", "confirm"]);
  });

  it("unknown queries", async () => {
    const list = withApi("listServices", ({ query }) => query);
    const ask = (search: string) =>
      list(new Request(`${origin}/x${search}`, { headers: bearer("viewer") }), context({ cluster: "local" }));
    expect(await (await ask("?stack=web")).json()).toEqual({ stack: "web" });
    expect((await problemOf(await ask("?stakc=web"))).code).toBe("invalid_input");
  });

  it("a cookie's unsafe request without proof that it comes from our pages", async () => {
    const { cookie: value } = await cookie();
    const ask = (headers: Record<string, string>) =>
      scale(post('{"replicas":1}', { ...json, cookie: value, ...headers }), context());
    const foreign: Record<string, string>[] = [
      {},
      { origin: "http://evil.test" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site", origin },
    ];
    for (const headers of foreign) {
      expect((await problemOf(await ask(headers))).code).toBe("bad_origin");
    }
    const own: Record<string, string>[] = [{ origin }, { "sec-fetch-site": "same-origin" }];
    for (const headers of own) {
      expect((await ask(headers)).status).toBe(200);
    }
  });
});

describe("withApi writes down", () => {
  it("denied attempts, also of what is not audited otherwise", async () => {
    await scale(post('{"replicas":1}', { ...json, ...bearer("viewer") }), context());
    await withApi("patchNode", ({ body, require, audit }) => {
      audit("node swarm-2", { role: body.role });
      require("node.role");
    })(
      new Request(origin, {
        method: "PATCH",
        body: '{"role":"manager"}',
        headers: { ...json, ...bearer("operator") },
      }),
      context(),
    );
    expect(audited()).toMatchObject([
      { action: "node.update", object: "node swarm-2", result: "denied", facts: '{"role":"manager","code":"forbidden"}' },
      { action: "service.scale", object: "service web_api", result: "denied", role: "viewer" },
    ]); // biome-ignore format: rows
  });

  it("failures with their code, and hides what is not an AppError", async () => {
    const warn = vi.spyOn(log, "error");
    for (const error of [new AppError("electing", "Waiting."), new Error("the password is hunter2")]) {
      const failing = withApi("scaleService", () => {
        throw error;
      });
      const response = await failing(post('{"replicas":1}', { ...json, ...bearer("operator") }), context());
      expect(JSON.stringify(await problemOf(response))).not.toContain("hunter2");
    }
    expect(audited().map((row) => [row.result, row.facts])).toEqual([
      ["failed", '{"code":"internal"}'],
      ["failed", '{"code":"electing"}'],
    ]);
    expect(warn).toHaveBeenCalledOnce();
  });

  it("no row for reads, input errors and strangers", async () => {
    await withApi("listServices", () => [])(
      new Request(origin, { headers: bearer("viewer") }),
      context({ cluster: "local" }),
    );
    await scale(post("[]", { ...json, ...bearer("operator") }), context());
    await scale(post('{"replicas":1}', json), context());
    expect(audited()).toEqual([]);
  });

  it("nothing secret: passwords, codes and tokens of a whole first run", async () => {
    // Handlers that forget to leave the secrets out.
    const setup = withApi("createFirstAccount", async ({ runtime, address, body, audit }) => {
      audit(`account ${body.name}`, { password: body.password, setupCode: body.code });
      await runtime.auth.setup(body, address);
    });
    const code = auth.setupCode() ?? "";
    const same = { ...json, "sec-fetch-site": "same-origin" };
    expect(
      (
        await setup(
          post(JSON.stringify({ code: "WRNG-CODE-HERE", name: "ann", password }), same),
          context({}),
        )
      ).status,
    ).toBe(400);
    expect(
      (await setup(post(JSON.stringify({ code, name: "ann", password }), same), context({}))).status,
    ).toBe(204);
    const { cookie: value, sid } = await cookie();
    const change = withApi("changePassword", async ({ runtime, caller, body, audit }) => {
      audit(`account ${caller.name}`, {
        passwords: { password: body.next },
        joinKey: "SWMKEY-1-abcdef",
        note: `Bearer ${value}`,
      });
      await runtime.auth.changePassword(caller, body);
    });
    expect(
      (
        await change(
          post(JSON.stringify({ current: password, next: "another long one" }), { ...same, cookie: value }),
          context({}),
        )
      ).status,
    ).toBe(204);
    expect(auth.sessionUser(sid)).not.toBeNull();
    const text = JSON.stringify(auditTable(db).newest(50));
    expect(text).toContain("account.password");
    for (const secret of [password, "another long one", code, "WRNG", value, sid, "SWMKEY"])
      expect(text).not.toContain(secret);
  });
});

it("ends a stream when its reader's credential ends", async () => {
  const { cookie: value, sid } = await cookie();
  let signal: AbortSignal | undefined;
  const follow = withApi("followEvents", ({ request }) => {
    signal = request.signal;
    return new Response("");
  });
  const plain = new Request(origin, { headers: { cookie: value } });
  // As Next hands it over.
  const proxied = new Proxy(plain, {
    get: (target, name) => {
      const part: unknown = Reflect.get(target, name, target);
      return typeof part === "function" ? part.bind(target) : part;
    },
  });
  await follow(proxied, context({ cluster: "local" }));
  expect(signal?.aborted).toBe(false);
  auth.endSession(sid);
  expect(signal?.aborted).toBe(true);
});

it("says how long to wait", async () => {
  const slow = withApi("getMe", () => {
    throw new AppError("slow_down", "Slow down.", { details: { retryAfterSeconds: 12 } });
  });
  const response = await slow(new Request(origin, { headers: bearer("viewer") }), context({}));
  expect([response.status, response.headers.get("retry-after")]).toEqual([429, "12"]);
});
