import { timeOf } from "#lib/server/docker/hostile.ts";
import { parseImage } from "#lib/server/docker/image-name.ts";
import { modeOf } from "#lib/server/docker/map-service.ts";
import type { WireService, WireServiceSpec } from "#lib/server/docker/wire.ts";
import type { EventDraft, EventFacts, EventSeverity } from "#lib/shared/events/types.ts";
import { sameJson } from "#lib/shared/model/reducer.ts";
import { type DraftContext, draftOf, eventTime, serviceOf } from "./draft.ts";

/**
 * What happened to a service between two reads of it. `before` undefined: it is new; `after` undefined: it is gone.
 * Docker's own event of an update does not say what changed beyond replicas and image, and is lost while no manager is
 * heard; the two specifications say all of it.
 */
export function serviceChanges(
  before: WireService | undefined,
  after: WireService | undefined,
  { now }: DraftContext,
): readonly EventDraft[] {
  const wire = after ?? before;
  if (wire === undefined) return [];
  const service = serviceOf(wire);
  const event = (at: number, action: string, facts: EventFacts = {}, severity: EventSeverity = "info") =>
    draftOf({
      at: eventTime(at, now),
      kind: "service",
      action,
      severity,
      objectId: service.id,
      objectName: service.name,
      service,
      facts,
    });
  if (after === undefined) return [event(now, "removed")];
  if (before === undefined) return [event(timeOf(after.CreatedAt), "created", newFacts(after.Spec))];
  if (before.Version?.Index === after.Version?.Index) return [];
  const at = timeOf(after.UpdatedAt);
  const changed = specChanges(before.Spec ?? {}, after.Spec ?? {});
  return [
    ...changed.map(({ action, facts }) => event(at, action, facts)),
    ...updateChange(before, after).map(({ action, facts, severity }) => event(at, action, facts, severity)),
  ];
}

interface Change {
  readonly action: string;
  readonly facts: EventFacts;
  readonly severity?: EventSeverity;
}

function newFacts(spec: WireServiceSpec | undefined): EventFacts {
  const replicas = replicasOf(spec);
  return { image: imageOf(spec), ...(replicas === null ? {} : { replicas }) };
}

function specChanges(before: WireServiceSpec, after: WireServiceSpec): readonly Change[] {
  const changes: Change[] = [];
  const from = replicasOf(before);
  const to = replicasOf(after);
  if (from !== null && to !== null && from !== to) changes.push({ action: "scaled", facts: { from, to } });
  if (imageOf(before) !== imageOf(after)) {
    changes.push({ action: "image", facts: { from: imageOf(before), to: imageOf(after) } });
  }
  const forced = (before.TaskTemplate?.ForceUpdate ?? 0) !== (after.TaskTemplate?.ForceUpdate ?? 0);
  const parts = settings.filter(({ of }) => !sameJson(of(before) ?? null, of(after) ?? null));
  if (parts.length > 0) {
    changes.push({ action: "updated", facts: { parts: parts.map(({ name }) => name).join(",") } });
  } else if (forced && imageOf(before) === imageOf(after)) changes.push({ action: "restarted", facts: {} });
  return changes;
}

/** Parts of a specification that people know by name. Only the names are told: values may be secrets. */
const settings: readonly { readonly name: string; readonly of: (spec: WireServiceSpec) => unknown }[] = [
  { name: "env", of: (spec) => spec.TaskTemplate?.ContainerSpec?.Env },
  { name: "labels", of: (spec) => [spec.Labels, spec.TaskTemplate?.ContainerSpec?.Labels] },
  { name: "ports", of: (spec) => spec.EndpointSpec },
  { name: "resources", of: (spec) => spec.TaskTemplate?.Resources },
  { name: "placement", of: (spec) => spec.TaskTemplate?.Placement },
  { name: "mounts", of: (spec) => spec.TaskTemplate?.ContainerSpec?.Mounts },
  {
    name: "secrets",
    of: ({ TaskTemplate }) => [TaskTemplate?.ContainerSpec?.Secrets, TaskTemplate?.ContainerSpec?.Configs],
  },
  { name: "networks", of: (spec) => spec.TaskTemplate?.Networks },
  { name: "health", of: (spec) => spec.TaskTemplate?.ContainerSpec?.Healthcheck },
  {
    name: "command",
    of: ({ TaskTemplate }) => [TaskTemplate?.ContainerSpec?.Command, TaskTemplate?.ContainerSpec?.Args],
  },
  {
    name: "update",
    of: (spec) => [spec.UpdateConfig, spec.RollbackConfig, spec.TaskTemplate?.RestartPolicy],
  },
];

function replicasOf(spec: WireServiceSpec | undefined): number | null {
  return modeOf(spec?.Mode) === "replicated" ? (spec?.Mode?.Replicated?.Replicas ?? 1) : null;
}

/** Name and tag; digests are too long to read. */
function imageOf(spec: WireServiceSpec | undefined): string {
  const { name, tag } = parseImage(spec?.TaskTemplate?.ContainerSpec?.Image);
  return tag === null ? name : `${name}:${tag}`;
}

const updateActions: Readonly<Record<string, { action: string; severity?: EventSeverity }>> = {
  updating: { action: "update_started" },
  completed: { action: "update_completed" },
  paused: { action: "update_paused", severity: "warn" },
  rollback_started: { action: "rollback_started", severity: "warn" },
  rollback_completed: { action: "rollback_completed", severity: "warn" },
  rollback_paused: { action: "rollback_paused", severity: "bad" },
};

function updateChange(before: WireService, after: WireService): readonly Change[] {
  const was = before.UpdateStatus;
  const is = after.UpdateStatus;
  if (!is?.State || (was?.State === is.State && was?.StartedAt === is.StartedAt)) return [];
  const known = updateActions[is.State];
  if (known === undefined) return [];
  const message = known.severity ? (is.Message ?? "").slice(0, 300) : "";
  return [{ ...known, facts: message === "" ? {} : { message } }];
}
