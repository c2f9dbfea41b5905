import { type Phrase, say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { healthOfAll } from "#lib/shared/model/cluster-summary.ts";
import { indexModel, shortName } from "#lib/shared/model/index-model.ts";
import { serviceHealth } from "#lib/shared/model/service-health.ts";
import { healthKinds, type ServiceHealth } from "#lib/shared/model/service-verdict.ts";
import { type Slot, slotFails, slotsOf } from "#lib/shared/model/slots.ts";
import type { TaskKind } from "#lib/shared/model/task-state.ts";
import type { ClusterModel, ServiceView, TaskView } from "#lib/shared/model/types.ts";
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

interface KnownRow {
  readonly tasks: readonly TaskView[];
  readonly nodes: ClusterModel["nodes"];
  readonly health: ServiceHealth;
  readonly row: ServiceRow;
}
const known = new WeakMap<ServiceView, KnownRow>();
const none: readonly TaskView[] = [];

/** A row from the model at `now`, ms since 1970. */
export function serviceRow(model: ClusterModel, service: ServiceView, now: number): ServiceRow {
  const tasks = indexModel(model).tasksByService.get(service.id) ?? none;
  return keptRow(model, service, serviceHealth(service, tasks, model.nodes, now));
}

/** The same row as before while its service, tasks, nodes and health are the same. */
function keptRow({ tasks: all, nodes }: ClusterModel, service: ServiceView, health: ServiceHealth) {
  const tasks = indexModel({ tasks: all }).tasksByService.get(service.id) ?? none;
  const before = known.get(service);
  if (before && before.tasks === tasks && before.nodes === nodes && before.health === health)
    return before.row;
  const row = makeRow(service, tasks, nodes, health);
  known.set(service, { tasks, nodes, health, row });
  return row;
}

function makeRow(
  service: ServiceView,
  tasks: readonly TaskView[],
  nodes: ClusterModel["nodes"],
  health: ServiceHealth,
): ServiceRow {
  const slots = [...slotsOf(tasks, nodes)].sort(bySlotNumber);
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
  const healths = healthOfAll(model, now);
  return Object.values(model.services)
    .flatMap((service) => {
      const health = healths.get(service.id);
      return health ? keptRow(model, service, health) : [];
    })
    .sort(compareRows);
}

/** Rows somebody should look at: everything above healthy. */
export function needsAttention(row: ServiceRow): boolean {
  return healthKinds.indexOf(row.health.kind) < healthKinds.indexOf("healthy");
}
