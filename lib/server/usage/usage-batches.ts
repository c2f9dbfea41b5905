import {
  coarseSlots, containerMetrics, fineSlots, slotOf, type UsageMetric, usageMetrics,
} from "#lib/shared/usage/metrics.ts"; // biome-ignore format: one block
import type { UsageBatch, UsageScope, UsageValues } from "#lib/shared/usage/topic.ts";
import type { ContainerUsage } from "./container-usage.ts";
import type { NodeUsage } from "./node-usage.ts";
import type { SampleRing } from "./sample-ring.ts";
import { coarse, fine, type Grid } from "./track.ts";

/** One thing, with all metrics. */
export type OneScope = Extract<UsageScope, { id: string }>;
/** One line for each thing of a kind. */
export type ListScope = Exclude<UsageScope, { id: string } | { kind: "map" }>;

/** Most parts (tasks of a service) that are told one by one; all are in the sum. */
const mostParts = 20;
/** Small pictures in tables need no more than a point for every half minute. */
const listStepMs = 30_000;
const listSlots = 30;
const perListSlot = listStepMs / coarse.stepMs;
const listMetrics = ["cpu", "memory"] as const satisfies readonly UsageMetric[];

/** What a scope is the sum of. */
export function membersOf(nodes: Iterable<NodeUsage>, { kind, id }: OneScope): ContainerUsage[] {
  const isMember = ({ about, nodeId }: ContainerUsage): boolean => {
    switch (kind) {
      case "node":
        return nodeId === id;
      case "service":
        return about.serviceId === id;
      case "stack":
        return about.stack === id;
      case "task":
        return about.taskId === id;
      default:
        // Tasks know the first 12 digits only.
        return id.length >= 12 && about.id.startsWith(id);
    }
  };
  return [...nodes].flatMap((node) => [...node.containers.values()].filter(isMember));
}

/** Values as they travel: no more digits than a chart shows, null for a gap. */
function onWire(value: number, metric: UsageMetric): number | null {
  if (Number.isNaN(value)) return null;
  if (metric === "cpu") return Math.round(value * 1e4) / 1e4;
  return metric === "load" ? Math.round(value * 100) / 100 : Math.round(value);
}

const ringOf = (container: ContainerUsage, grid: Grid): SampleRing | undefined =>
  (grid === coarse ? container.coarse : container.fine)?.ring;

/** NaN when none of them knows. */
function sumOf(rings: readonly (SampleRing | undefined)[], slot: number, metric: number): number {
  let sum = Number.NaN;
  for (const ring of rings) {
    const value = ring?.get(slot, metric) ?? Number.NaN;
    if (!Number.isNaN(value)) sum = (Number.isNaN(sum) ? 0 : sum) + value;
  }
  return sum;
}

function valuesOf(
  metrics: readonly UsageMetric[],
  slot: number,
  count: number,
  at: (slot: number, metric: number) => number,
): UsageValues[] {
  return metrics.map((metric, place) =>
    Array.from({ length: count }, (_, i) => onWire(at(slot - count + 1 + i, place), metric)),
  );
}

/** The newest slot of a grid that anything was written to; the present one when nothing was. */
function newestSlot(rings: readonly (SampleRing | undefined)[], grid: Grid, now: number): number {
  const present = slotOf(now, grid.stepMs);
  const newest = rings.reduce((most, ring) => Math.max(most, ring?.last() ?? -1), -1);
  return newest < 0 ? present : Math.min(newest, present);
}

export interface BatchRequest {
  readonly nodes: ReadonlyMap<string, NodeUsage>;
  readonly now: number;
  /** How many of the newest values; all without it. */
  readonly count?: number;
}

/** The values of one thing and of its parts. */
export function oneBatch(scope: OneScope, grid: Grid, { nodes, now, count }: BatchRequest): UsageBatch {
  const members = membersOf(nodes.values(), scope);
  const length = count ?? (grid === coarse ? coarseSlots : fineSlots);
  const node = scope.kind === "node" ? nodes.get(scope.id) : undefined;
  const own = node && (grid === coarse ? node.coarse : node.fine);
  const rings = members.map((member) => ringOf(member, grid));
  const metrics = scope.kind === "node" ? usageMetrics : containerMetrics;
  // The slow grid goes on with the clock, so that silence is seen as a gap; the quick one with what was read.
  const slot = grid === coarse ? slotOf(now, grid.stepMs) : newestSlot(own ? [own] : rings, grid, now);
  const total = own
    ? valuesOf(metrics, slot, length, (at, metric) => own.get(at, metric))
    : valuesOf(metrics, slot, length, (at, metric) => sumOf(rings, at, metric));
  const parts = [...partsOf(scope, members)].map(([key, group]) => [
    key,
    valuesOf(metrics, slot, length, (at, metric) =>
      sumOf(
        group.map((member) => ringOf(member, grid)),
        at,
        metric,
      ),
    ),
  ]);
  return {
    stepMs: grid.stepMs,
    slot,
    metrics,
    series: { [scope.id]: total, ...Object.fromEntries(parts) },
    ...(node?.facts && grid === coarse && { node: node.facts }),
  };
}

/** Tasks of a service, services of a stack; those that run first. */
function partsOf(scope: OneScope, members: readonly ContainerUsage[]): Map<string, ContainerUsage[]> {
  const parts = new Map<string, ContainerUsage[]>();
  if (scope.kind !== "service" && scope.kind !== "stack") return parts;
  const runningFirst = [...members].sort(
    (a, b) => (b.endedAt ?? Number.MAX_VALUE) - (a.endedAt ?? Number.MAX_VALUE),
  );
  for (const member of runningFirst) {
    const key = scope.kind === "service" ? member.about.taskId : member.about.serviceId;
    if (key === null) continue;
    const known = parts.get(key);
    if (known) known.push(member);
    else if (parts.size < mostParts) parts.set(key, [member]);
  }
  return parts;
}

/** A line for each node, service, stack or container: half a minute a point. */
export function listBatch(scope: ListScope, { nodes, now, count = listSlots }: BatchRequest): UsageBatch {
  const slot = slotOf(now, listStepMs);
  const mean = (at: number, read: (slot: number) => number): number => {
    let [sum, known] = [0, 0];
    for (let i = 0; i < perListSlot; i += 1) {
      const value = read(at * perListSlot + i);
      if (!Number.isNaN(value)) [sum, known] = [sum + value, known + 1];
    }
    return known === 0 ? Number.NaN : sum / known;
  };
  const series = [...linesOf(scope, nodes)].map(([key, rings]) => [
    key,
    valuesOf(listMetrics, slot, count, (at, metric) => mean(at, (each) => sumOf(rings, each, metric))),
  ]);
  return { stepMs: listStepMs, slot, metrics: listMetrics, series: Object.fromEntries(series) };
}

function linesOf({ kind }: ListScope, nodes: ReadonlyMap<string, NodeUsage>): Map<string, SampleRing[]> {
  const lines = new Map<string, SampleRing[]>();
  const add = (key: string | null, ring: SampleRing) => {
    if (key === null) return;
    const known = lines.get(key);
    if (known) known.push(ring);
    else lines.set(key, [ring]);
  };
  for (const node of nodes.values()) {
    if (kind === "nodes") add(node.id, node.coarse);
    else {
      for (const { about, coarse: track, endedAt } of node.containers.values()) {
        if (kind === "services") add(about.serviceId, track.ring);
        else if (kind === "stacks") add(about.stack, track.ring);
        else if (endedAt === null) add(about.id, track.ring);
      }
    }
  }
  return lines;
}

/** The newest use of every node, and of every task that runs; of a node that is silent now nothing is known. */
export function mapBatch(withTasks: boolean, { nodes, now }: BatchRequest): UsageBatch {
  const slot = slotOf(now, coarse.stepMs);
  const series: Record<string, UsageValues[]> = {};
  const newest = (rings: readonly SampleRing[]): UsageValues[] =>
    listMetrics.map((metric, place) => {
      const fresh = [slot, slot - 1]
        .map((at) => sumOf(rings, at, place))
        .find((value) => !Number.isNaN(value));
      return [onWire(fresh ?? Number.NaN, metric)];
    });
  for (const node of nodes.values()) {
    const isSilent = node.silent !== null;
    series[node.id] = isSilent ? [[null], [null]] : newest([node.coarse]);
    if (!withTasks) continue;
    for (const { about, coarse: track } of node.running()) {
      if (about.taskId !== null) series[about.taskId] = isSilent ? [[null], [null]] : newest([track.ring]);
    }
  }
  return { stepMs: coarse.stepMs, slot, metrics: listMetrics, series };
}

/** Both grids of a scope, or the one that it has, from the beginning. */
export function wholeBatches(scope: UsageScope, request: BatchRequest): UsageBatch[] {
  if (scope.kind === "map") return [mapBatch(scope.tasks, request)];
  if (!("id" in scope)) return [listBatch(scope, request)];
  const quick = oneBatch(scope, fine, request);
  return [oneBatch(scope, coarse, request), quick];
}
