import type { Logger } from "pino";
import type { EventsTable } from "#lib/server/db/events.ts";
import type { PendingRevision, Revision } from "#lib/server/db/revisions.ts";
import type { DockerEvent, WireService, WireTask } from "#lib/server/docker/wire.ts";
import type { ClusterEvents } from "#lib/server/runtime-types.ts";
import type { EventDraft } from "#lib/shared/events/types.ts";
import type { ClusterModel, ClusterPhase } from "#lib/shared/model/types.ts";
import type { PictureChanges } from "../picture.ts";
import type { ModelStore } from "../store.ts";
import { createDockerEvents } from "./docker-events.ts";
import { type DraftContext, draftOf } from "./draft.ts";
import { modelChanges } from "./model-changes.ts";
import { createRecentWrites } from "./recent-writes.ts";
import { createEventRecorder } from "./recorder.ts";
import { serviceChanges } from "./service-changes.ts";
import { taskChanges } from "./task-changes.ts";

/** A write without a specification: its object by id or name, and the audit action. */
export interface BareWrite {
  readonly kind: "task" | "node";
  readonly ref: string;
  readonly action: string;
  readonly by: string;
}

/** The events of one cluster: hears everything, finds out what happened and who did it, and keeps it. */
export interface EventLog extends ClusterEvents {
  /** For the picture: what it read of services and tasks. */
  readonly changes: PictureChanges;
  /** What an engine said by itself, each thing once. `nodeId`: whose engine. */
  heard(nodeId: string | null, event: DockerEvent): void;
  /** Notes who is about to change what; the answer hears how that went. */
  noteRevision(revision: Revision): Pick<PendingRevision, "confirm" | "drop">;
  noteWrite(write: BareWrite): void;
  stop(): void;
}

export interface EventLogOptions {
  readonly cluster: string;
  readonly store: ModelStore;
  readonly table: EventsTable;
  readonly log: Logger;
  readonly now: () => number;
}

const heardPhases: ReadonlySet<ClusterPhase> = new Set(["ready", "electing", "no_quorum", "not_swarm"]);

/**
 * Listens to the store itself and not to the cluster: keeping events is no reason to ask the engines more often than
 * pages do. Stop it before the store.
 */
export function createEventLog(options: EventLogOptions): EventLog {
  const { cluster, store, table, log, now } = options;
  const recorder = createEventRecorder({ cluster, table, log, now });
  const writes = createRecentWrites(now);
  const dockerEvents = createDockerEvents();
  const context = (): DraftContext => ({ now: now(), node: (id) => store.draft().nodes[id] ?? null });
  const add = (drafts: readonly EventDraft[]) =>
    recorder.add(drafts.map((draft) => ({ ...draft, actor: writes.who(draft) })));

  let before: ClusterModel = store.model();
  let begun = false;
  const leave = store.subscribe((_, model) => {
    const isHeard = heardPhases.has(model.info.phase);
    if (begun) add(modelChanges(before, model, now()));
    else if (isHeard) add([beginning(model, table.watchedUntil(cluster), now())]);
    begun ||= isHeard;
    before = model;
    recorder.setWatched(isHeard);
  });

  return {
    list: recorder.list,
    subscribe: recorder.subscribe,
    changes: {
      service: (was: WireService | undefined, is: WireService | undefined) =>
        add(serviceChanges(was, is, context())),
      tasks: (service: WireService, was: readonly WireTask[], is: readonly WireTask[]) =>
        add(taskChanges(service, was, is, context())),
    },
    heard(nodeId, event) {
      const speaker = nodeId === null ? null : { id: nodeId, name: context().node(nodeId)?.name ?? nodeId };
      const draft = dockerEvents(event, speaker, context());
      if (draft) add([draft]);
    },
    noteRevision: ({ kind, objectId: ref, userName: by, action, specAfter }) =>
      writes.begin({ kind, ref, by, action, spec: parsed(specAfter) }),
    noteWrite: (write) => void writes.begin({ ...write, spec: null }),
    stop() {
      leave();
      recorder.stop();
    },
  };
}

/** The first thing a server writes: from when on it knows, and since when it did not. */
function beginning(model: ClusterModel, watchedUntil: number | null, now: number): EventDraft {
  return draftOf({
    at: now,
    kind: "cluster",
    action: "watching",
    objectId: model.info.id,
    objectName: model.info.name,
    facts: watchedUntil === null ? {} : { gapFrom: watchedUntil },
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
