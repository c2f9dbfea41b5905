import type { WireService } from "#lib/server/docker/wire.ts";
import type { EventDraft, EventFacts, EventKind, EventSeverity } from "#lib/shared/events/types.ts";

const dayMs = 86_400_000;

/** What a writer of drafts needs to know that the change itself does not say. */
export interface DraftContext {
  /** Server clock, ms. */
  readonly now: number;
  readonly node: (id: string) => { readonly name: string; readonly state: string } | null;
}

interface DraftParts {
  readonly at: number;
  readonly kind: EventKind;
  readonly action: string;
  readonly severity?: EventSeverity;
  readonly objectId: string;
  readonly objectName: string;
  readonly service?: { readonly id: string; readonly name: string; readonly stack: string | null } | null;
  readonly node?: { readonly id: string; readonly name: string } | null;
  readonly taskId?: string;
  readonly facts?: EventFacts;
}

/** A draft with every field; what is not said is empty. */
export function draftOf(parts: DraftParts): EventDraft {
  return {
    at: parts.at,
    kind: parts.kind,
    action: parts.action,
    severity: parts.severity ?? "info",
    objectId: parts.objectId,
    objectName: parts.objectName,
    serviceId: parts.service?.id ?? null,
    serviceName: parts.service?.name ?? null,
    stack: parts.service?.stack ?? null,
    nodeId: parts.node?.id ?? null,
    nodeName: parts.node?.name ?? null,
    taskId: parts.taskId ?? null,
    facts: parts.facts ?? {},
    actor: null,
  };
}

/** When it happened: what the engine says, unless its clock is ahead of ours or it says nothing we could believe. */
export function eventTime(engineMs: number, now: number): number {
  return engineMs > 0 && engineMs <= now && now - engineMs < dayMs ? engineMs : now;
}

/** The parts of a service that its events and those of its tasks carry. */
export function serviceOf(wire: WireService): { id: string; name: string; stack: string | null } {
  const id = wire.ID ?? "";
  const label = wire.Spec?.Labels?.["com.docker.stack.namespace"];
  const stack = typeof label === "string" && label !== "" ? label.slice(0, 255) : null;
  return { id, name: (wire.Spec?.Name ?? "").slice(0, 255) || id, stack };
}
