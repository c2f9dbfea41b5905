import type { LinkedNode, NodeRef } from "#lib/server/cluster/nodes/node-engines.ts";
import { isAppError } from "#lib/shared/errors.ts";
import type { NodeCounters, UsageSample } from "#lib/shared/usage/counters.ts";
import { containerMetrics, slotOf, usageMetrics } from "#lib/shared/usage/metrics.ts";
import type { NodeUsageFacts } from "#lib/shared/usage/topic.ts";
import { ContainerUsage } from "./container-usage.ts";
import type { UsageContainer } from "./list-containers.ts";
import { SampleRing } from "./sample-ring.ts";
import { coarse, fine, type Grid, isNear, slotsSince } from "./track.ts";
import { type UsageSource, usageSourceOf } from "./usage-source.ts";

/** What ended is part of its service's last quarter of an hour; of crash loops only so many are kept. */
const keptAfterEndMs = coarse.stepMs * coarse.slots;
const mostEnded = 500;
/** Events tell when containers start and end; this heals what they did not. */
const listEveryMs = 60_000;
/** A pass is over by then: what was not read has its turn in the next one. */
const longestPassMs = 8_000;

export interface NodeUsageOptions {
  readonly node: NodeRef;
  readonly list: (node: LinkedNode, signal: AbortSignal) => Promise<readonly UsageContainer[]>;
  readonly sourceOf?: (node: LinkedNode) => UsageSource;
  readonly now: () => number;
  /** A mistake of ours. */
  readonly onError: (error: unknown) => void;
}

interface HostReading {
  readonly at: number;
  readonly value: NodeCounters;
}

/** The use of one node and everything on it: two kinds of passes write it, everybody reads it. */
export class NodeUsage {
  readonly id: string;
  name: string;
  readonly containers = new Map<string, ContainerUsage>();
  readonly coarse = new SampleRing(coarse.slots, usageMetrics.length);
  readonly fine = new SampleRing(fine.slots, usageMetrics.length);
  /** Why nothing comes from this node now; null while it answers. */
  silent: string | null = null;
  facts: NodeUsageFacts | null = null;
  private readonly options: NodeUsageOptions;
  private readonly host = new Map<Grid, HostReading>();
  private listedAt = Number.NEGATIVE_INFINITY;
  private passing = false;

  constructor(options: NodeUsageOptions) {
    this.options = options;
    this.id = options.node.id;
    this.name = options.node.name;
  }

  /** Containers have started or ended. */
  containersChanged(): void {
    this.listedAt = Number.NEGATIVE_INFINITY;
  }

  /** Those that run now. */
  running(): ContainerUsage[] {
    return [...this.containers.values()].filter(({ endedAt }) => endedAt === null);
  }

  /** A pass over all containers, for the last quarter of an hour. One at a time. */
  async passAll(node: LinkedNode): Promise<void> {
    if (this.passing) return;
    this.passing = true;
    try {
      await this.pass(node, coarse, () => true);
    } finally {
      this.passing = false;
    }
  }

  /** A pass over those that somebody watches, for the last two minutes. */
  async passWatched(node: LinkedNode, isWatched: (container: ContainerUsage) => boolean): Promise<void> {
    await this.pass(node, fine, isWatched);
  }

  private async pass(
    node: LinkedNode,
    grid: Grid,
    isWanted: (container: ContainerUsage) => boolean,
  ): Promise<void> {
    const { now, onError, sourceOf = usageSourceOf } = this.options;
    const signal = AbortSignal.any([node.signal, AbortSignal.timeout(longestPassMs)]);
    try {
      await this.list(node, signal);
      // A pass that runs out of time goes on where it was the next time.
      const readAt = ({ coarse: track }: ContainerUsage) => Math.max(0, track.ring.last());
      const wanted = this.running()
        .filter(isWanted)
        .sort((a, b) => readAt(a) - readAt(b));
      const sample = await sourceOf(node).sample(
        wanted.map(({ about }) => about.id),
        signal,
      );
      this.write(grid, sample, now(), new Set(wanted));
      this.silent = null;
    } catch (error) {
      if (!isAppError(error)) onError(error);
      this.silent = isAppError(error) ? error.message : String(error);
    }
  }

  private async list(node: LinkedNode, signal: AbortSignal): Promise<void> {
    const { list, now } = this.options;
    if (now() - this.listedAt < listEveryMs) return;
    const before = this.listedAt;
    this.listedAt = now();
    try {
      const rows = await list(node, signal);
      for (const about of rows) {
        const known = this.containers.get(about.id);
        if (known) known.endedAt = null;
        else this.containers.set(about.id, new ContainerUsage(about, this.id));
      }
      const ids = new Set(rows.map(({ id }) => id));
      for (const one of this.running()) if (!ids.has(one.about.id)) one.endedAt = now();
      this.dropEnded();
    } catch (error) {
      this.listedAt = before;
      throw error;
    }
  }

  private dropEnded(): void {
    const now = this.options.now();
    const ended = [...this.containers.values()]
      .filter(({ endedAt }) => endedAt !== null)
      .sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0));
    for (const [place, { about, endedAt }] of ended.entries()) {
      if (place >= mostEnded || now - (endedAt ?? now) > keptAfterEndMs) this.containers.delete(about.id);
    }
  }

  private write(grid: Grid, sample: UsageSample, now: number, wanted: ReadonlySet<ContainerUsage>): void {
    for (const counters of sample.containers) {
      const container = this.containers.get(counters.id);
      // An agent tells of all containers, asked or not.
      if (!container || !wanted.has(container)) continue;
      if (grid === coarse) container.coarse.add(now, counters);
      else container.addFine(now, counters);
    }
    if (grid === coarse) this.noteFacts(sample.node);
    if (wanted.size === this.running().length) this.writeNode(grid, sample.node, now);
  }

  /** The node's own numbers where they are known, else the sum of what runs there. */
  private writeNode(grid: Grid, host: NodeCounters | null, now: number): void {
    const ring = grid === coarse ? this.coarse : this.fine;
    const last = this.host.get(grid);
    const near = last && isNear(grid, last.at, now) ? last : null;
    // Sums of the slots before are made again: late readings have filled them by now.
    const slot = slotOf(now, grid.stepMs);
    const slots = host
      ? slotsSince(grid, near?.at ?? null, now)
      : Array.from({ length: grid.fill }, (_, i) => slot - grid.fill + 1 + i);
    for (const each of slots) ring.put(each, this.nodeValues(grid, each, host, near));
    if (host) this.host.set(grid, { at: now, value: host });
  }

  private nodeValues(grid: Grid, slot: number, host: NodeCounters | null, before: HostReading | null) {
    const sums = containerMetrics.map((_, metric) => this.sumAt(grid, slot, metric));
    if (host === null) return sums;
    const elapsed = before ? (host.at - before.value.at) * 1e6 : 0;
    const busy = before ? host.cpuBusyNanos - before.value.cpuBusyNanos : -1;
    const cpu = elapsed > 0 && busy >= 0 ? busy / elapsed : Number.NaN;
    const disk = host.disk?.usedBytes ?? Number.NaN;
    return [cpu, host.memoryUsedBytes, ...sums.slice(2), host.load[0], disk];
  }

  private sumAt(grid: Grid, slot: number, metric: number): number {
    let sum = this.running().length === 0 ? 0 : Number.NaN;
    for (const container of this.containers.values()) {
      const value =
        (grid === coarse ? container.coarse : container.fine)?.ring.get(slot, metric) ?? Number.NaN;
      if (!Number.isNaN(value)) sum = (Number.isNaN(sum) ? 0 : sum) + value;
    }
    return sum;
  }

  private noteFacts(host: NodeCounters | null): void {
    this.facts = {
      cpus: host?.cpus ?? null,
      memoryBytes: host?.memoryBytes ?? null,
      diskBytes: host?.disk?.bytes ?? null,
      load: host?.load ?? null,
      uptimeSeconds: host?.uptimeSeconds ?? null,
      from: host ? "node" : "containers",
    };
  }
}
