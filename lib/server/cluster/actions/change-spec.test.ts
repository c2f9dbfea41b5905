import { describe, expect, it } from "vitest";
import type { Revision } from "#lib/server/db/revisions.ts";
import type { Engine } from "#lib/server/docker/engine.ts";
import { EngineFailure, toAppError } from "#lib/server/docker/errors.ts";
import type { Caller } from "#lib/server/runtime-types.ts";
import { jsonAt, withJsonAt } from "#lib/shared/lossless-json.ts";
import type { ClusterInfo, ClusterModel } from "#lib/shared/model/types.ts";
import { changeSpec, type FieldEdit } from "./change-spec.ts";
import type { ActionContext } from "./context.ts";

const caller: Caller = {
  userId: "u1",
  name: "ada",
  role: "admin",
  access: { role: "admin", clusters: {} },
  via: "token",
  credentialId: "t1",
  address: "127.0.0.1",
};
const target = {
  kind: "service",
  id: "s1",
  name: "web",
  path: "/services/s1",
  action: "service.scale",
} as const;
const scaleTo = (replicas: number): FieldEdit => ({
  path: ["Mode", "Replicated", "Replicas"],
  label: "replicas",
  next: () => String(replicas),
});
const restart: FieldEdit = {
  path: ["TaskTemplate", "ForceUpdate"],
  label: "restart counter",
  next: (before) => String(BigInt(before ?? "0") + 1n),
};

const where = { engine: "unix:///e", request: "POST /services/s1/update", timeoutMs: 30_000 };
const failures = {
  refused: () => new EngineFailure("unreachable", where, { text: "connect", errno: "ECONNREFUSED" }),
  timeout: () => new EngineFailure("timeout", where, { text: "no answer" }),
  broken: () => new EngineFailure("broken", where, { text: "socket hang up", errno: "ECONNRESET" }),
  noLeader: () =>
    new EngineFailure("answered", where, {
      status: 500,
      text: "rpc error: code = Unknown desc = The swarm does not have a leader.",
    }),
  deadline: () =>
    new EngineFailure("answered", where, {
      status: 500,
      text: "rpc error: code = DeadlineExceeded desc = context deadline exceeded",
    }),
  invalid: () => new EngineFailure("answered", where, { status: 400, text: "invalid spec" }),
};

/** What happens to one write: it passes, fails without being applied, or is applied and its answer is lost. */
type Fate = "ok" | keyof typeof failures | `applied, ${keyof typeof failures}`;

/** One service on an engine with Docker's optimistic lock. */
function swarm(fates: Fate[] = [], phase: ClusterInfo["phase"] = "ready") {
  let spec = '{"Name":"web","TaskTemplate":{"ForceUpdate":0},"Mode":{"Replicated":{"Replicas":2}}}';
  let version = 10;
  let clock = 0;
  const writes: string[] = [];
  const revisions: Revision[] = [];
  const meddlings: (() => void)[] = [];
  const apply = (next: string) => {
    spec = next;
    version += 1;
  };
  const engine = {
    getText: async () => `{"ID":"s1","Version":{"Index":${version}},"Spec":${spec}}`,
    send: async (_method: string, _path: string, options: { query: { version: string }; body: string }) => {
      meddlings.shift()?.();
      writes.push(options.body);
      if (Number(options.query.version) !== version) {
        const text = "rpc error: code = Unknown desc = update out of sequence";
        throw toAppError(new EngineFailure("answered", where, { status: 500, text }));
      }
      const fate = fates.shift() ?? "ok";
      const [first, lost] = fate.split(", ");
      if (first === "ok" || first === "applied") apply(options.body);
      if (first !== "ok") throw toAppError(failures[(lost ?? first) as keyof typeof failures]());
      return "";
    },
  } as unknown as Engine;
  const ctx = {
    clusterId: "local",
    manager: () => engine,
    model: () => ({ info: { phase } }) as ClusterModel,
    beginRevision: (revision: Revision) => {
      revisions.push(revision);
      const drop = () => void revisions.splice(revisions.indexOf(revision), 1);
      return { confirm: () => undefined, drop };
    },
    sleep: async (ms: number) => {
      clock += ms;
    },
    now: () => clock,
  } as unknown as ActionContext;
  return {
    ctx,
    writes,
    revisions,
    /** Runs just before the n-th write arrives. */
    beforeWrites: (...edits: ((spec: string) => string)[]) =>
      void meddlings.push(...edits.map((edit) => () => apply(edit(spec)))),
    field: (...path: string[]) => jsonAt(spec, path),
    elapsed: () => clock,
  };
}

describe("changeSpec", () => {
  it("writes once and keeps what it replaced", async () => {
    const { ctx, writes, revisions, field } = swarm();
    await changeSpec(ctx, caller, target, [scaleTo(5)]);
    expect(field("Mode", "Replicated", "Replicas")).toBe("5");
    expect(writes).toHaveLength(1);
    expect(revisions).toMatchObject([{ objectName: "web", userName: "ada", action: "service.scale" }]);
  });

  it("writes nothing when everything is as wanted", async () => {
    const { ctx, writes, revisions } = swarm();
    await changeSpec(ctx, caller, target, [scaleTo(2)]);
    expect(writes).toHaveLength(0);
    expect(revisions).toHaveLength(0);
  });

  it("repeats on the fresh specification when the version moved by itself", async () => {
    const { ctx, writes, field, beforeWrites } = swarm();
    beforeWrites(
      (spec) => spec,
      (spec) => withJsonAt(spec, ["Labels", "a"], '"1"'),
    );
    await changeSpec(ctx, caller, target, [scaleTo(5)]);
    expect(writes).toHaveLength(3);
    expect(field("Labels", "a")).toBe('"1"');
    expect(field("Mode", "Replicated", "Replicas")).toBe("5");
  });

  it("gives up after five stale versions", async () => {
    const { ctx, writes, beforeWrites } = swarm();
    beforeWrites(...Array.from({ length: 9 }, () => (spec: string) => spec));
    await expect(changeSpec(ctx, caller, target, [scaleTo(5)])).rejects.toMatchObject({ code: "conflict" });
    expect(writes).toHaveLength(5);
  });

  it("shows both values when the very field was changed", async () => {
    const { ctx, field, revisions, beforeWrites } = swarm();
    beforeWrites((spec) => withJsonAt(spec, ["Mode", "Replicated", "Replicas"], "9"));
    await expect(changeSpec(ctx, caller, target, [scaleTo(5)])).rejects.toMatchObject({
      code: "conflict",
      details: { fields: [{ field: "replicas", before: 2, theirs: 9, yours: 5 }] },
    });
    expect(field("Mode", "Replicated", "Replicas")).toBe("9");
    expect(revisions).toHaveLength(0);
  });

  it.each<[Fate[], number]>([
    [["refused"], 2],
    [["timeout"], 2],
    [["broken", "refused"], 3],
    [["noLeader", "deadline"], 3],
    [["applied, timeout"], 1],
    [["applied, broken"], 1],
    [["applied, deadline"], 1],
    [["timeout", "applied, broken"], 2],
  ])("restarts exactly once through %j", async (fates, expectedWrites) => {
    const { ctx, writes, revisions, field } = swarm(fates);
    await changeSpec(ctx, caller, { ...target, action: "service.restart" }, [restart]);
    expect(field("TaskTemplate", "ForceUpdate")).toBe("1");
    expect(writes).toHaveLength(expectedWrites);
    expect(revisions).toHaveLength(1);
  });

  it("does not repeat what the engine refused for good", async () => {
    const { ctx, writes } = swarm(["invalid"]);
    await expect(changeSpec(ctx, caller, target, [scaleTo(5)])).rejects.toMatchObject({
      code: "refused_by_engine",
      engineText: "invalid spec",
    });
    expect(writes).toHaveLength(1);
  });

  it("stops waiting for a leader after 45 s", async () => {
    const { ctx, elapsed } = swarm(Array.from({ length: 1000 }, () => "noLeader" as const));
    await expect(changeSpec(ctx, caller, target, [scaleTo(5)])).rejects.toMatchObject({ code: "no_quorum" });
    expect(elapsed()).toBe(45_000);
  });

  it("does not wait at all while the picture says that the quorum is lost", async () => {
    const { ctx, elapsed } = swarm(["noLeader"], "no_quorum");
    await expect(changeSpec(ctx, caller, target, [scaleTo(5)])).rejects.toMatchObject({ code: "no_quorum" });
    expect(elapsed()).toBe(0);
  });
});
