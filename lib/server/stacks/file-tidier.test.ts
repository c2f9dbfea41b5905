import { expect, it } from "vitest";
import { EngineFailure } from "#lib/server/docker/errors.ts";
import type { AuditEntry } from "#lib/server/runtime-types.ts";
import { AppError, type ErrorCode } from "#lib/shared/errors.ts";
import type { ActionContext } from "../cluster/actions/context.ts";
import type { Resources } from "../cluster/resources/resources.ts";
import { createFileTidier } from "./file-tidier.ts";
import type { KeptFiles, KeptOld } from "./replaced-files.ts";
import type { StackVersions } from "./stack-versions.ts";

const waiting = (id: string, name: string): KeptOld => ({ id, name, state: "waiting", why: null });

const start: KeptFiles = {
  by: { userId: "u", name: "ann", role: "operator", via: "session" },
  isDone: false,
  files: [{ kind: "secret", name: "shop_pass", now: "shop_pass_b", old: [waiting("one", "shop_pass"), waiting("two", "shop_pass_a")] }],
}; // biome-ignore format: short

function refused(code: ErrorCode, text: string): AppError {
  const cause = new EngineFailure(
    "answered",
    { engine: "e", request: "DELETE", timeoutMs: 1 },
    { status: 400, text },
  );
  return new AppError(code, "no", { cause });
}

/** A tidier at work; `answers`: what the engine says to each removal, in order. */
async function tidy(answers: (Error | null)[], more: { users?: string[]; busyLooks?: number } = {}) {
  const removed: string[] = [];
  const rows: AuditEntry[] = [];
  const ended = new AbortController();
  let kept = start;
  let busyLooks = more.busyLooks ?? 0;
  const users = (more.users ?? []).map((name) => ({
    kind: "secret",
    file: "one",
    service: { id: name, name },
  }));
  const tidier = createFileTidier({
    ctx: {
      clusterId: "local",
      sleep: async () => undefined,
      manager: () => ({
        send: async (_method: string, path: string) => {
          removed.push(path);
          const answer = answers.shift() ?? null;
          if (answer?.message === "the server ends") ended.abort();
          if (answer) throw answer;
          return "";
        },
      }),
    } as unknown as ActionContext,
    resources: {
      forget: () => undefined,
      fileUses: async () => ({ present: users, previous: [] }),
    } as unknown as Resources,
    versions: {
      nextStep: () => (kept.isDone ? null : kept),
      keepFiles: (_id: number, after: KeptFiles) => {
        kept = after;
      },
    } as unknown as StackVersions,
    audit: { write: (row) => rows.push(row) },
    isBusy: () => busyLooks-- > 0,
    signal: ended.signal,
    onError: (error) => {
      throw error;
    },
  });
  await tidier.follow("shop", 3);
  return {
    removed,
    rows,
    isDone: kept.isDone,
    old: kept.files[0]?.old.map(({ state, why }) => [state, why?.key]),
  };
}

it("removes by id, and each is audited as done by who deployed", async () => {
  const { removed, rows, isDone, old } = await tidy([null, refused("not_found", "gone")], { busyLooks: 2 });
  expect(removed).toEqual(["/secrets/one", "/secrets/two"]);
  expect([isDone, old]).toEqual([true, [["removed", undefined], ["removed", undefined]]]); // biome-ignore format: short
  expect(rows).toMatchObject([
    { action: "secret.remove", object: "secret shop_pass", caller: { name: "ann" }, facts: { stack: "shop", version: 3 } },
    { object: "secret shop_pass_a" },
  ]); // biome-ignore format: short
});

it("what a service has is not even asked for; what the engine refuses stays with its reason", async () => {
  const { removed, rows, isDone, old } = await tidy([refused("refused_by_engine", "in use")], {
    users: ["x_web"],
  });
  expect(removed).toEqual(["/secrets/two"]);
  expect(rows).toEqual([]);
  expect([isDone, old]).toEqual([true, [["stays", "deploy.old.used"], ["stays", "deploy.old.refused"]]]); // biome-ignore format: short
});

it("while no manager answers it is tried again", async () => {
  const { removed, old } = await tidy([refused("no_quorum", "no leader"), new AppError("no_engine", "none")]);
  expect(removed).toEqual(["/secrets/one", "/secrets/one", "/secrets/one", "/secrets/two"]);
  expect(old).toEqual([["removed", undefined], ["removed", undefined]]); // biome-ignore format: short
});

it("a server that ends in the middle leaves the rest to the next one", async () => {
  const { isDone, old } = await tidy([null, new AppError("no_engine", "the server ends")]);
  expect([isDone, old]).toEqual([false, [["removed", undefined], ["waiting", undefined]]]); // biome-ignore format: short
});
