import { type Phrase, phrase } from "../i18n/phrase.ts";
import { clearName, indexModel, orderedNodes } from "../model/index-model.ts";
import { nodeCondition } from "../model/node-state.ts";
import type { HealthKind, ServiceHealth } from "../model/service-verdict.ts";
import type { Tone } from "../model/task-state.ts";
import type { ClusterModel, ServiceView } from "../model/types.ts";

/** One thing to look at, at the top of the map. Pressed, it shows only what it is about. */
export interface MapChip {
  readonly key: string;
  readonly tone: Tone;
  /** Its holes {b} and {e} stand around what is set in bold. */
  readonly text: Phrase;
  /** What it narrows the map to: services in this health, or a node by name. */
  readonly narrows: { readonly health: HealthKind } | { readonly text: string };
}

const chipKinds = ["failing", "waiting", "update_paused", "unhealthy", "unknown", "updating", "starting", "rolled_back"] as const; // biome-ignore format: one line

type ChipKind = (typeof chipKinds)[number];
interface Found {
  readonly service: ServiceView;
  readonly health: ServiceHealth;
}

/** The node where a failing service fails, when it is only one. */
function failingNode(model: ClusterModel, service: ServiceView): string | null {
  const failed = (indexModel(model).tasksByService.get(service.id) ?? []).filter(
    (task) => task.state === "failed" || task.state === "rejected",
  );
  const nodes = new Set(failed.map((task) => task.nodeId));
  const [only] = nodes;
  return nodes.size === 1 && only ? (model.nodes[only]?.name ?? null) : null;
}

function oneService(model: ClusterModel, kind: ChipKind, { service, health }: Found): Phrase {
  const name = clearName(model.services, service);
  if (kind === "failing") {
    const node = failingNode(model, service);
    return node === null
      ? phrase("map.chip.failing", { name })
      : phrase("map.chip.failingOn", { name, node });
  }
  if (health.progress) return phrase("map.chip.updatingOf", { name, ...health.progress });
  return phrase(`map.chip.${kind}`, { name });
}

function waitingTasks(model: ClusterModel, found: readonly Found[]): number {
  const ids = new Set(found.map(({ service }) => service.id));
  return Object.values(model.tasks).filter((task) => ids.has(task.serviceId) && task.state === "pending")
    .length;
}

function nodeChips(model: ClusterModel, now: number): MapChip[] {
  return orderedNodes(model.nodes).flatMap((node): MapChip[] => {
    const { kind, tone } = nodeCondition(node, now);
    if (kind !== "down" && kind !== "unknown" && kind !== "unreachable") return [];
    const text = phrase(`map.chip.node_${kind}`, { name: node.name });
    return [{ key: `node ${node.id}`, tone, text, narrows: { text: node.name } }];
  });
}

function serviceChips(model: ClusterModel, healths: ReadonlyMap<string, ServiceHealth>): MapChip[] {
  const all = Object.values(model.services).flatMap((service): Found[] => {
    const health = healths.get(service.id);
    return health ? [{ service, health }] : [];
  });
  return chipKinds.flatMap((kind): MapChip[] => {
    const found = all.filter(({ health }) => health.kind === kind);
    const [first, second] = found;
    if (first === undefined) return [];
    const text =
      kind === "waiting"
        ? phrase("map.chip.noPlace", { n: waitingTasks(model, found) })
        : second === undefined
          ? oneService(model, kind, first)
          : phrase(`map.chip.${kind}Many`, { n: found.length });
    return [{ key: kind, tone: first.health.tone, text, narrows: { health: kind } }];
  });
}

const toneRank: Readonly<Partial<Record<Tone, number>>> = { bad: 0, warn: 1, move: 2 };

/** What is wrong or moving, worst first, at most four. `healths` by service id, `now` in ms since 1970. */
export function mapChips(
  model: ClusterModel,
  healths: ReadonlyMap<string, ServiceHealth>,
  now: number,
): readonly MapChip[] {
  const rank = (chip: MapChip) => toneRank[chip.tone] ?? 3;
  return [...nodeChips(model, now), ...serviceChips(model, healths)]
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, 4);
}
