import type { ServiceList } from "#lib/server/cluster/service-list.ts";
import type { HistoryTables } from "#lib/server/db/history.ts";
import type { OperationFilter } from "#lib/server/db/operations.ts";
import type { PendingRevision, Revision } from "#lib/server/db/revisions.ts";
import { timeOrNull } from "#lib/server/docker/hostile.ts";
import type { ActiveOperation, OperationDetail, OperationView } from "#lib/shared/api/history.ts";
import { jsonAt } from "#lib/shared/lossless-json.ts";
import type { ClusterModel, TaskView } from "#lib/shared/model/types.ts";
import { OperationFollower } from "./operation-follower.ts";
import { operationDetail, operationView } from "./operation-views.ts";
import { createSpecWatch } from "./spec-watch.ts";

export interface HistoryOptions {
  readonly clusterId: string;
  readonly tables: HistoryTables;
  /** The newest picture. */
  readonly model: () => ClusterModel;
  /** Every task of a service that the engine remembers, as it was read last. */
  readonly attempts: (serviceId: string) => readonly TaskView[];
  readonly onActive: (active: readonly ActiveOperation[]) => void;
  readonly now: () => number;
}

/** What happened to the services of a cluster: every specification they had, and every operation, to its end. */
export interface ClusterHistory {
  readonly revisions: HistoryTables["revisions"];
  /** A change of ours, about to be sent with this version of the object. Its fate decides the rest. */
  begin(revision: Revision, sentVersion: string | undefined): PendingRevision;
  /** Services were read and are in the picture. `whole`: the list of all. */
  servicesRead(read: ServiceList, whole: boolean): void;
  /** The picture has changed. */
  pictureChanged(): void;
  operations(filter: OperationFilter): readonly OperationView[];
  /** Null: there is no such operation in this cluster (any more). */
  operation(id: number): OperationDetail | null;
  stop(): void;
}

/** Starts with what the tables remember. */
export function createClusterHistory(options: HistoryOptions): ClusterHistory {
  const { clusterId, tables, model, attempts, onActive, now } = options;
  const follower = new OperationFollower({
    clusterId,
    table: tables.operations,
    model,
    attempts,
    onActive,
    now,
  });
  const watch = createSpecWatch({
    clusterId,
    tables,
    now,
    onForeign: (change) => follower.foreign(change),
    onOwn: (revisionId) => follower.acceptRevision(revisionId),
    isFollowed: (serviceId) => follower.isFollowed(serviceId),
  });

  let begun = false;

  return {
    revisions: tables.revisions,
    begin(revision, sentVersion) {
      const version = Number(sentVersion ?? 0);
      const pending = watch.begin(revision, version);
      if (revision.kind !== "service" || revision.specAfter === "null") return pending;
      const operation = follower.begin(revision, pending.id, version);
      return {
        operation,
        confirm() {
          pending.confirm();
          follower.accept(operation);
        },
        drop() {
          pending.drop();
          follower.drop(operation);
        },
      };
    },
    servicesRead(read, whole) {
      watch.seen(read, whole);
      if (whole && !begun) for (const found of updatesUnderWay(read)) follower.adopt(found);
      begun ||= whole;
      for (const { ID, Version, UpdateStatus } of read.services) {
        if (ID) follower.noteRead(ID, Version?.Index ?? 0, timeOrNull(UpdateStatus?.StartedAt));
      }
      if (whole) follower.wholeRead(new Set(read.services.map((wire) => wire.ID ?? "")));
    },
    pictureChanged: () => follower.look(),
    operations: (filter) => tables.operations.list(clusterId, filter).map(operationView),
    operation(id) {
      const row = tables.operations.byId(clusterId, id);
      return row && operationDetail(row);
    },
    stop: () => follower.stop(),
  };
}

const underWay: ReadonlySet<string | undefined> = new Set([
  "updating",
  "paused",
  "rollback_started",
  "rollback_paused",
]);

/** Updates that are not over, as the engine tells them: from its previous specification to the present one. */
function updatesUnderWay({ services, texts }: ServiceList) {
  return services.flatMap((wire, index) => {
    const own = texts[index];
    if (!underWay.has(wire.UpdateStatus?.State) || own === undefined) return [];
    const after = jsonAt(own, ["Spec"]) ?? "null";
    return {
      service: { id: wire.ID ?? "", name: wire.Spec?.Name ?? wire.ID ?? "" },
      before: jsonAt(own, ["PreviousSpec"]) ?? after,
      after,
      version: wire.Version?.Index ?? 0,
      isRollback: wire.UpdateStatus?.State?.startsWith("rollback") ?? false,
      startedAt: timeOrNull(wire.UpdateStatus?.StartedAt),
    };
  });
}
