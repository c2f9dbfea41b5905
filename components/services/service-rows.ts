import { type Phrase, say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { indexModel, shortName } from "#lib/shared/model/index-model.ts";
import { serviceHealth } from "#lib/shared/model/service-health.ts";
import { healthKinds, type ServiceHealth } from "#lib/shared/model/service-verdict.ts";
import { type Slot, slotFails, slotsOf } from "#lib/shared/model/slots.ts";
import type { TaskKind } from "#lib/shared/model/task-state.ts";
import type { ClusterModel, ServiceView } from "#lib/shared/model/types.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";

/** A service as the table shows it. */
export interface ServiceRow {
  readonly service: ServiceView;
  /** Without the stack in front. */
  readonly name: string;
  readonly health: ServiceHealth;
  /** Cause in words, for the filter and the tooltip; empty when there is none. */
  readonly cause: string;
  /** One mark per slot. */
  readonly marks: readonly TaskKind[];
  /** Nodes that have a task of it. */
  readonly nodeIds: ReadonlySet<string>;
}

/** Most marks a row can show; beyond it those in trouble come first. */
export const markLimit = 7;

const quietKinds: readonly TaskKind[] = ["running", "complete", "shutdown"];

function markOf(slot: Slot, service: ServiceView): TaskKind | null {
  if (slotFails(slot, service) && slot.ended) return slot.ended.condition.kind;
  return slot.live[0]?.condition.kind ?? slot.ended?.condition.kind ?? null;
}

/** One mark per slot, in slot order, or trouble first where not all have room. */
function marksOf(slots: readonly Slot[], service: ServiceView): readonly TaskKind[] {
  const marks = slots.flatMap((slot) => markOf(slot, service) ?? []);
  if (marks.length <= markLimit) return marks;
  const calm = (kind: TaskKind) => (quietKinds.includes(kind) ? 1 : 0);
  return [...marks].sort((a, b) => calm(a) - calm(b));
}

function bySlotNumber(a: Slot, b: Slot): number {
  return compareNatural(a.key, b.key);
}

/** A row from the model at `now`, ms since 1970. */
export function serviceRow(model: ClusterModel, service: ServiceView, now: number): ServiceRow {
  const tasks = indexModel(model).tasksByService.get(service.id) ?? [];
  const health = serviceHealth(service, tasks, model.nodes, now);
  const slots = [...slotsOf(tasks, model.nodes)].sort(bySlotNumber);
  const spoken = (words: Phrase | null) => (words === null ? "" : say(t, words));
  return {
    service,
    name: shortName(service),
    health,
    cause: spoken(health.cause),
    marks: health.kind === "off" ? [] : marksOf(slots, service),
    nodeIds: new Set(
      slots.flatMap((slot) => slot.live.flatMap(({ task }) => (task.nodeId === null ? [] : [task.nodeId]))),
    ),
  };
}

/** Trouble first, then stack and name in natural order. */
export function compareRows(a: ServiceRow, b: ServiceRow): number {
  return (
    healthKinds.indexOf(a.health.kind) - healthKinds.indexOf(b.health.kind) ||
    compareNatural(a.name, b.name) ||
    compareNatural(a.service.name, b.service.name)
  );
}

/** All services as rows, trouble first. */
export function serviceRows(model: ClusterModel, now: number): readonly ServiceRow[] {
  return Object.values(model.services)
    .map((service) => serviceRow(model, service, now))
    .sort(compareRows);
}

/** Rows somebody should look at: everything above healthy. */
export function needsAttention(row: ServiceRow): boolean {
  return healthKinds.indexOf(row.health.kind) < healthKinds.indexOf("healthy");
}
