import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { historyTables } from "#lib/server/db/history.ts";
import { type Db, openDatabase } from "#lib/server/db/open.ts";
import type { WireService } from "#lib/server/docker/wire.ts";
import { createSpecWatch, type ForeignChange, type SpecWatch } from "./spec-watch.ts";

let dataDir: string;
let db: Db;
let foreign: ForeignChange[];
let adopted: number[];
let followed: boolean;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "shoal-specs-"));
  db = openDatabase(dataDir);
  foreign = [];
  adopted = [];
  followed = false;
});
afterEach(() => {
  db.close();
  rmSync(dataDir, { recursive: true });
});

/** A watch as a server that starts on this database has it. */
function start(): SpecWatch {
  return createSpecWatch({
    clusterId: "local",
    tables: historyTables(db),
    now: () => 5_000,
    onForeign: (change) => foreign.push(change),
    onOwn: (id) => adopted.push(id),
    isFollowed: () => followed,
  });
}
const spec = (replicas: number) =>
  `{"Name":"web","Big":12345678901234567890,"Mode":{"Replicated":{"Replicas":${replicas}}}}`;
function see(
  watch: SpecWatch,
  version: number,
  text: string,
  status?: WireService["UpdateStatus"],
  whole = true,
) {
  const own = `{"ID":"s1","Version":{"Index":${version}},"UpdateStatus":${JSON.stringify(status ?? null)},"Spec":${text}}`;
  watch.seen({ services: [JSON.parse(own) as WireService], texts: [own] }, whole);
}
const own = (before: string, after: string) => ({
  cluster: "local", kind: "service", objectId: "s1", objectName: "web", at: 1, userId: "u", userName: "ann", via: "session",
  action: "service.scale", specBefore: before, specAfter: after,
}) as const; // biome-ignore format: short
const kept = () =>
  historyTables(db)
    .revisions.list("local", "service", "s1")
    .map(({ action, confirmed }) => `${action} ${confirmed}`);

it("keeps a revision of what others change, byte for byte, and none of what only moves", () => {
  const watch = start();
  see(watch, 1, spec(1));
  see(watch, 2, spec(1), { State: "updating" });
  see(watch, 3, spec(2));
  see(watch, 3, spec(2));
  // A manager that lags behind tells the past.
  see(watch, 1, spec(1));
  expect(kept()).toEqual(["outside.update 1"]);
  expect(foreign).toMatchObject([{ before: spec(1), after: spec(2), via: "outside", version: 3 }]);
});

it("does not take our own change for somebody else's, whichever is first: the answer or the event", () => {
  const watch = start();
  see(watch, 1, spec(1));
  const first = watch.begin(own(spec(1), spec(2)), 1);
  first.confirm();
  see(watch, 2, spec(2));
  const second = watch.begin(own(spec(2), spec(3)), 2);
  see(watch, 3, spec(3));
  second.confirm();
  see(watch, 4, spec(3));
  expect(kept()).toEqual(["service.scale 1", "service.scale 1"]);
  expect(foreign).toEqual([]);
  expect(adopted).toEqual([second.id]);
});

it("finds what was changed while no server ran, and adopts its own change that a kill cut off", () => {
  const before = start();
  see(before, 7, spec(1));
  before.begin(own(spec(1), spec(2)), 7);
  const after = start();
  see(after, 9, spec(2));
  expect(kept()).toEqual(["service.scale 1"]);
  expect(adopted).toHaveLength(1);
  // A restored backup counts from a lower version.
  const later = start();
  see(later, 4, spec(9));
  expect(kept()).toEqual(["outside.away 1", "service.scale 1"]);
});

it("keeps what somebody changed between our last look and our own change", () => {
  const watch = start();
  see(watch, 1, spec(1));
  watch.begin(own(spec(5), spec(6)), 2).confirm();
  see(watch, 3, spec(6));
  expect(kept()).toEqual(["service.scale 1", "outside.update 1"]);
});

it("a rollback is the swarm's when an operation is followed and nobody asked for it", () => {
  const watch = start();
  see(watch, 1, spec(1));
  followed = true;
  see(watch, 2, spec(2), { State: "rollback_started", Message: "update rolled back due to failure" });
  see(watch, 3, spec(3), { State: "rollback_started", Message: "manually requested rollback" });
  expect(kept()).toEqual(["outside.rollback 1", "swarm.rollback 1"]);
  expect(foreign.map(({ via, isRollback }) => [via, isRollback])).toEqual([["swarm", true], ["outside", true]]);
}); // biome-ignore format: pairs

it("forgets a service that is gone, and leaves the rest of the swarm alone after a partial read", () => {
  const watch = start();
  see(watch, 1, spec(1));
  watch.seen({ services: [], texts: [] }, false);
  expect(historyTables(db).specs.list("local")).toHaveLength(1);
  watch.seen({ services: [], texts: [] }, true);
  expect(historyTables(db).specs.list("local")).toHaveLength(0);
});
