import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Db, openDatabase } from "#lib/server/db/open.ts";
import { webhooksTable } from "#lib/server/db/webhooks.ts";
import type { Caller, ClusterRegistry, WebhookService } from "#lib/server/runtime-types.ts";
import { AppError } from "#lib/shared/errors.ts";
import { createWebhooks } from "./webhooks.ts";

let dataDir: string;
let db: Db;
let now: number;
let calls: { caller: Caller; ref: string; tag: string | undefined }[];
let failure: AppError | null;
let hooks: WebhookService;

const ann = { name: "ann" } as Caller;
const nobody = () => {};

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "shoal-webhooks-"));
  db = openDatabase(dataDir);
  now = 1_000_000;
  calls = [];
  failure = null;
  const clusters = {
    get: () => ({
      serviceDetail: async (ref: string) => ({ service: { id: `id-${ref}`, name: ref } }),
      async redeployService(caller: Caller, ref: string, { tag }: { tag?: string }) {
        if (failure) throw failure;
        calls.push({ caller, ref, tag });
        return { item: { name: "web" }, warnings: [], operation: 7 };
      },
    }),
  } as unknown as ClusterRegistry;
  hooks = createWebhooks({ table: webhooksTable(db), pepper: "pepper", clusters, now: () => now });
});
afterEach(() => {
  db.close();
  rmSync(dataDir, { recursive: true });
});

const make = (object = "web") => hooks.create(ann, "local", { kind: "service", object, name: "CI" });
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => "ok",
    (error: AppError) => error.code,
  );

test("deploys what it was made for, as itself, and is listed without its secret", async () => {
  const { item, token } = await make();
  expect(token).toMatch(/^shoalhook_[0-9a-f]{12}_[A-Za-z0-9]{32}$/);
  const began: unknown[] = [];
  const answer = await hooks.call(token, "10.0.0.1", { tag: "2" }, (...what) => began.push(what));
  expect(answer).toEqual({ name: "web", operation: 7, version: null, warnings: [] });
  expect(calls).toMatchObject([{ ref: "id-web", tag: "2", caller: { name: "webhook CI", via: "webhook" } }]);
  expect(began).toMatchObject([[{ name: "webhook CI" }, "local", "service web"]]);
  expect(hooks.list("local", {})).toEqual([
    { ...item, createdBy: "ann", objectName: "web", lastUsedAt: now, lastError: null },
  ]);
  expect(JSON.stringify(db.prepare("SELECT * FROM webhooks").all())).not.toContain(token.slice(-32));
});

test("lists by what they are for, and each cluster its own", async () => {
  await make("web");
  await make("api");
  expect(hooks.list("local", { object: "id-api" })).toHaveLength(1);
  expect(hooks.list("local", { kind: "service" })).toHaveLength(2);
  expect(hooks.list("other", {})).toEqual([]);
});

test("a revoked one, a wrong secret and another cluster's id are refused in the same words", async () => {
  const { item, token } = await make();
  const wrong = `${token.slice(0, -1)}${token.endsWith("a") ? "b" : "a"}`;
  for (const each of [wrong, "", "shoalhook_", "x".repeat(100_000)])
    expect(await code(hooks.call(each, "10.0.0.1", {}, nobody))).toBe("unauthenticated");
  expect(() => hooks.remove("other", item.id)).toThrow("no such webhook");
  hooks.remove("local", item.id);
  expect(await code(hooks.call(token, "10.0.0.1", {}, nobody))).toBe("unauthenticated");
  expect(calls).toEqual([]);
});

test("who guesses has to wait; others do not", async () => {
  const { token } = await make();
  for (let i = 0; i < 10; i += 1) await code(hooks.call("x", "10.0.0.9", {}, nobody));
  expect(await code(hooks.call(token, "10.0.0.9", {}, nobody))).toBe("slow_down");
  expect(await code(hooks.call(token, "10.0.0.1", {}, nobody))).toBe("ok");
});

test("one that is called all the time has to wait, and works again after a minute", async () => {
  const { token } = await make();
  for (let i = 0; i < 10; i += 1) expect(await code(hooks.call(token, "10.0.0.1", {}, nobody))).toBe("ok");
  expect(await code(hooks.call(token, "10.0.0.2", {}, nobody))).toBe("slow_down");
  now += 61_000;
  expect(await code(hooks.call(token, "10.0.0.1", {}, nobody))).toBe("ok");
});

test("why a call failed is kept until the next one", async () => {
  const { token } = await make();
  failure = new AppError("no_quorum", "There is no leader.");
  expect(await code(hooks.call(token, "10.0.0.1", {}, nobody))).toBe("no_quorum");
  expect(hooks.list("local", {})).toMatchObject([{ lastError: "There is no leader." }]);
  failure = null;
  await hooks.call(token, "10.0.0.1", {}, nobody);
  expect(hooks.list("local", {})).toMatchObject([{ lastError: null }]);
});
