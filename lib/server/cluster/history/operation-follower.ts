import type { OperationsTable } from "#lib/server/db/operations.ts";
import type { Revision } from "#lib/server/db/revisions.ts";
import type { ActiveOperation, OperationKind, RevisionVia } from "#lib/shared/api/history.ts";
import { phrase } from "#lib/shared/i18n/phrase.ts";
import { indexModel } from "#lib/shared/model/index-model.ts";
import type { ClusterModel, TaskView } from "#lib/shared/model/types.ts";
import { changeFacts, kindOfChange } from "./change-facts.ts";
import { advanced, ended, type FollowedOperation, fromRow, textsOf } from "./followed-operation.ts";
import type { OperationFacts } from "./judge-operation.ts";
import type { ForeignChange } from "./spec-watch.ts";
import { trackTasks } from "./task-tracks.ts";

export interface FollowerOptions {
  readonly clusterId: string;
  readonly table: OperationsTable;
  /** The newest picture. */
  readonly model: () => ClusterModel;
  /** Every task of a service that the engine remembers, as it was read last. */
  readonly attempts: (serviceId: string) => readonly TaskView[];
  /** The operations under way are others now, or one of them has moved. */
  readonly onActive: (active: readonly ActiveOperation[]) => void;
  readonly now: () => number;
}

/** What is known of an operation when it begins. */
interface NewOperation {
  readonly service: { readonly id: string; readonly name: string };
  readonly kind: OperationKind;
  readonly userName: string;
  readonly via: RevisionVia;
  readonly revisionId: number | null;
  readonly confirmed: 0 | 1;
  readonly facts: Omit<OperationFacts, "priorUpdate" | "acceptedAt" | "failure" | "done" | "total">;
}

/** Operations are looked at again this often while one may end by time alone, ms. No engine is asked for it. */
const tickMs = 1_000;
const slowTickMs = 5_000;

const kinds: Readonly<Record<string, OperationKind>> = {
  "service.create": "create",
  "service.scale": "scale",
  "service.restart": "restart",
  "service.rollback": "rollback",
  "service.continue": "continue",
};

/**
 * Follows every operation of a cluster to its end, by the picture alone. What it knows is in the table, so it goes on
 * after a restart of the server, however that came.
 */
export class OperationFollower {
  private readonly options: FollowerOptions;
  private readonly open = new Map<number, FollowedOperation>();
  /** Operations of an earlier run whose change was sent, and nobody knows whether it arrived. */
  private readonly orphans = new Set<number>();
  private readonly versions = new Map<string, number>();
  private readonly updates = new Map<string, number | null>();
  private timer: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(options: FollowerOptions) {
    this.options = options;
    for (const row of options.table.open(options.clusterId)) {
      this.open.set(row.id, fromRow(row));
      if (row.confirmed === 0) this.orphans.add(row.id);
    }
    if (this.open.size > 0) this.tell();
  }

  /** A change of ours is about to be sent. Answers the operation's id. */
  begin(revision: Revision, revisionId: number, sentVersion: number): number {
    const change = changeFacts(revision.specBefore, revision.specAfter);
    const isNew = revision.specBefore === "null";
    const usual = isNew ? "create" : kindOfChange(revision.specBefore, revision.specAfter, change);
    const kind = kinds[revision.action] ?? usual;
    return this.add({
      service: { id: revision.objectId, name: revision.objectName },
      kind,
      userName: revision.userName,
      via: revision.via,
      revisionId,
      confirmed: 0,
      facts: {
        ...change,
        // The same specification again: swarm goes on with the tasks that are still to be replaced.
        replacesTasks: change.replacesTasks || kind === "continue",
        sentVersion,
        engineRollback: false,
      },
    });
  }

  /** Somebody else changed a service. A rollback that the swarm began itself belongs to the operation under way. */
  foreign(change: ForeignChange): void {
    if (change.via === "swarm") return;
    const facts = changeFacts(change.before, change.after);
    const id = this.add({
      service: change.service,
      kind: change.isRollback ? "rollback" : kindOfChange(change.before, change.after, facts),
      userName: "",
      via: change.via,
      revisionId: change.revisionId,
      confirmed: 1,
      facts: { ...facts, sentVersion: change.version - 1, engineRollback: change.isRollback },
    });
    this.accept(id);
  }

  /** An update that was under way, or paused, when this service was seen for the first time: nobody saw it begin. */
  adopt(found: Omit<ForeignChange, "revisionId" | "via"> & { readonly startedAt: number | null }): void {
    if ([...this.open.values()].some(({ row }) => row.serviceId === found.service.id)) return;
    const facts = changeFacts(found.before, found.after);
    const id = this.add(
      {
        service: found.service,
        kind: found.isRollback ? "rollback" : kindOfChange(found.before, found.after, facts),
        userName: "",
        via: "outside",
        revisionId: null,
        confirmed: 1,
        facts: {
          ...facts,
          replacesTasks: true,
          sentVersion: found.version - 1,
          engineRollback: found.isRollback,
        },
      },
      found.startedAt ?? undefined,
    );
    this.accept(id);
  }

  /** The engine accepted the change. */
  accept(id: number): void {
    const operation = this.open.get(id);
    if (!operation) return;
    const now = this.options.now();
    this.orphans.delete(id);
    for (const [otherId, other] of this.open) {
      if (other.row.serviceId !== operation.row.serviceId || otherId >= id) continue;
      this.keep(otherId, ended(other, "superseded", phrase("history.words.superseded"), now));
    }
    this.keep(id, {
      ...operation,
      row: { ...operation.row, confirmed: 1 },
      facts: { ...operation.facts, acceptedAt: operation.facts.acceptedAt ?? now },
      words: phrase("history.words.beginning"),
      revision: operation.revision + 1,
    });
    this.tell();
  }

  /** As `accept`, known by its revision: the change was found on the engine. */
  acceptRevision(revisionId: number): void {
    for (const [id, { row }] of this.open) if (row.revisionId === revisionId) this.accept(id);
  }

  /** The engine certainly did not make the change. */
  drop(id: number): void {
    if (!this.open.delete(id)) return;
    this.options.table.drop(id);
    this.tell();
  }

  /** A service as it was read: its version, and when its update status began. */
  noteRead(serviceId: string, version: number, updateStartedAt: number | null): void {
    this.versions.set(serviceId, version);
    this.updates.set(serviceId, updateStartedAt);
  }

  /** The whole swarm was read: what was sent before a restart and is not there now never arrived. */
  wholeRead(present: ReadonlySet<string>): void {
    for (const id of this.orphans) {
      const operation = this.open.get(id);
      if (!operation) continue;
      const there = present.has(operation.row.serviceId);
      const words = phrase(there ? "history.words.neverSeen" : "history.words.removed");
      this.keep(id, ended(operation, there ? "unknown" : "failed", words, this.options.now()));
    }
    this.orphans.clear();
    for (const id of this.versions.keys()) if (!present.has(id)) this.forget(id);
    this.look();
  }

  isFollowed(serviceId: string): boolean {
    return [...this.open.values()].some(
      ({ row, facts }) => row.serviceId === serviceId && !facts.engineRollback,
    );
  }

  followed(id: number): FollowedOperation | null {
    return this.open.get(id) ?? null;
  }

  /** The picture has changed, or time has passed. */
  look(): void {
    const model = this.options.model();
    // What is not known to be true now decides nothing.
    if (this.stopped || model.info.phase !== "ready" || this.open.size === 0) return;
    const now = this.options.now();
    let moved = false;
    for (const [id, operation] of this.open) {
      if (this.orphans.has(id)) continue;
      const seen =
        operation.row.confirmed === 1 &&
        (this.versions.get(operation.row.serviceId) ?? -1) > operation.facts.sentVersion;
      const after = advanced(operation, model, seen, now, () =>
        this.options.attempts(operation.row.serviceId),
      );
      if (after === operation) continue;
      moved = true;
      this.keep(id, after);
    }
    if (moved) this.tell();
  }

  stop(): void {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private add(input: NewOperation, startedAt: number = this.options.now()): number {
    const { service, facts, ...rest } = input;
    const model = this.options.model();
    const tasks = indexModel(model).tasksByService.get(service.id) ?? [];
    const nodes = model.nodes;
    const isNew = () => !facts.replacesTasks;
    const timeline = trackTasks({ tracks: [], untracked: 0 }, tasks, {
      nodes,
      startedAt,
      now: this.options.now(),
      isNew,
    });
    const row = {
      ...rest,
      cluster: this.options.clusterId,
      serviceId: service.id,
      serviceName: service.name,
      startedAt,
      endedAt: null,
      state: "running" as const,
    };
    const kept = {
      words: phrase("history.words.sending"),
      facts: {
        ...facts,
        priorUpdate: this.updates.get(service.id) ?? null,
        acceptedAt: null,
        failure: null,
        done: 0,
        total: 0,
      },
      timeline,
    };
    const id = this.options.table.add({ ...row, ...textsOf(kept) });
    this.open.set(id, { row: { ...row, id }, ...kept, revision: 1 });
    return id;
  }

  private keep(id: number, operation: FollowedOperation): void {
    const { endedAt, state, confirmed } = operation.row;
    this.options.table.save({ id, endedAt, state, confirmed, ...textsOf(operation) });
    if (endedAt === null) this.open.set(id, operation);
    else this.open.delete(id);
  }

  private forget(serviceId: string): void {
    this.versions.delete(serviceId);
    this.updates.delete(serviceId);
  }

  private tell(): void {
    if (this.stopped) return;
    const active = [...this.open.values()].map(({ row, revision }) => ({
      id: row.id,
      serviceId: row.serviceId,
      kind: row.kind,
      state: row.state,
      startedAt: row.startedAt,
      revision,
    }));
    this.options.onActive(active);
    this.wind();
  }

  /** What runs may end by time alone; what is stuck may have recovered for long enough. */
  private wind(): void {
    if (this.timer !== null || this.stopped) return;
    const states = new Set([...this.open.values()].map(({ row }) => row.state));
    const pause = states.has("running") ? tickMs : states.has("stuck") ? slowTickMs : null;
    if (pause !== null) this.timer = setTimeout(() => this.tick(), pause);
  }

  private tick(): void {
    this.timer = null;
    this.look();
    this.wind();
  }
}
