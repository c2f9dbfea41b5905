import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Db, openDatabase } from "#lib/server/db/open.ts";
import { stacksTables } from "#lib/server/db/stacks.ts";
import type { Caller } from "#lib/server/runtime-types.ts";
import type { OperationDetail } from "#lib/shared/api/history.ts";
import { phrase } from "#lib/shared/i18n/phrase.ts";
import type { StackDeployInput } from "#lib/shared/stacks/schemas.ts";
import type { ActionContext } from "../cluster/actions/context.ts";
import type { KeptFiles } from "./replaced-files.ts";
import { createStackVersions } from "./stack-versions.ts";

let dataDir: string;
let db: Db;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "shoal-versions-"));
  db = openDatabase(dataDir);
});
afterEach(() => {
  db.close();
  rmSync(dataDir, { recursive: true });
});

type State = OperationDetail["state"];

const operation = (id: number, state: State): OperationDetail =>
  ({
    id, state, service: { id: "s1", name: "shop_web" }, failure: null, words: phrase("deploy.words.quiet"),
    endedAt: state === "running" || state === "stuck" ? null : 5,
  }) as unknown as OperationDetail; // biome-ignore format: short

const waiting: KeptFiles = {
  by: null,
  isDone: false,
  files: [
    { kind: "secret", name: "shop_pass", now: "shop_pass_b", old: [{ id: "one", name: "shop_pass", state: "waiting", why: null }] },
  ],
}; // biome-ignore format: short

/** Versions of a cluster with these operations of one service, newest last. */
function start(states: State[]) {
  const operations = () => states.map((state, i) => operation(i + 1, state));
  const ctx = {
    clusterId: "local",
    now: () => 7,
    model: () => ({ nodes: {} }),
    history: {
      operation: (id: number) => operations()[id - 1] ?? null,
      operations: () => operations().slice(-1),
    },
  } as unknown as ActionContext;
  const versions = createStackVersions({ ctx, tables: stacksTables(db), sealKey: "key" });
  const begin = (kept: KeptFiles = waiting) => {
    const input = { files: [], env: "", message: "", prune: false } as unknown as StackDeployInput;
    return versions.begin({ name: "ann" } as Caller, "shop", input, [], kept);
  };
  const progress = {
    services: [{ id: "s1", name: "shop_web", action: "change", written: true, operation: 1 }],
    specs: {},
    output: "",
  } as const;
  const written = (id: number) =>
    versions.end(id, { ...progress, state: "converging", words: phrase("deploy.words.writing") });
  const refused = (id: number) =>
    versions.end(id, {
      services: [],
      specs: {},
      output: "",
      state: "refused",
      words: phrase("deploy.words.quiet"),
    });
  const shown = (id: number) => {
    const { state, replaced } = versions.detail("shop", String(id));
    const [old] = replaced[0]?.old ?? [];
    return [state, old?.state, old?.why?.key];
  };
  return { versions, begin, written, refused, shown };
}

it("what is to go is waited for until every operation has converged, and the deploy is no success before it has gone", () => {
  const states: State[] = ["running"];
  const { versions, begin, written, shown } = start(states);
  const id = begin();
  expect(versions.nextStep("shop", id)).toBe("wait");
  written(id);
  expect(versions.nextStep("shop", id)).toBe("wait");
  states[0] = "stuck";
  expect(versions.nextStep("shop", id)).toBe("wait");
  states[0] = "completed";
  expect(shown(id)).toEqual(["converging", "waiting", undefined]);
  expect(versions.nextStep("shop", id)).toEqual(waiting);
  expect(start(states).versions.untidy()).toEqual([{ stack: "shop", id }]);
  versions.keepFiles(id, { ...waiting, isDone: true });
  expect(versions.nextStep("shop", id)).toBeNull();
  expect(shown(id)[0]).toBe("completed");
  expect(versions.untidy()).toEqual([]);
});

it("a deploy that failed, or was interrupted, removes nothing and says so", () => {
  for (const state of ["failed", "rolled_back"] as const) {
    const { versions, begin, written, shown } = start([state]);
    const id = begin();
    written(id);
    expect(versions.nextStep("shop", id)).toBeNull();
    expect(shown(id)).toEqual(["failed", "stays", "deploy.old.failed"]);
  }
  const id = start([]).begin();
  const again = start([]);
  expect(again.shown(id)).toEqual(["interrupted", "stays", "deploy.old.failed"]);
  expect(again.versions.nextStep("shop", id)).toBeNull();
});

it("an operation that another one took over counts as that one ends", () => {
  const states: State[] = ["superseded", "running"];
  const { versions, begin, written, shown } = start(states);
  const id = begin();
  written(id);
  expect(versions.nextStep("shop", id)).toBe("wait");
  states[1] = "completed";
  expect(versions.nextStep("shop", id)).toEqual(waiting);
  states[1] = "failed";
  expect(versions.nextStep("shop", id)).toBeNull();
  expect(shown(id)).toEqual(["completed", "stays", "deploy.old.failed"]);
});

it("a later deploy decides, unless it came to nothing", () => {
  const { versions, begin, written, refused, shown } = start(["completed"]);
  const id = begin();
  written(id);
  const later = begin();
  expect(versions.nextStep("shop", id)).toBe("wait");
  refused(later);
  expect(versions.nextStep("shop", id)).toEqual(waiting);
  written(begin());
  expect(versions.nextStep("shop", id)).toBeNull();
  expect(shown(id)).toEqual(["completed", "stays", "deploy.old.later"]);
});
