import type { LinkedNode, NodeEngines } from "#lib/server/cluster/nodes/node-engines.ts";
import { fineStepMs } from "#lib/shared/usage/metrics.ts";
import type { SilentNode, UsageBatch, UsageScope } from "#lib/shared/usage/topic.ts";
import type { ContainerUsage } from "./container-usage.ts";
import { listContainers } from "./list-containers.ts";
import { NodeUsage } from "./node-usage.ts";
import { coarse, fine } from "./track.ts";
import { listBatch, mapBatch, membersOf, type OneScope, oneBatch, wholeBatches } from "./usage-batches.ts";
import type { UsageSource } from "./usage-source.ts";

/** What a cluster uses: asked all the time every 10 s, every second while somebody watches, shared by all who do. */
export interface ClusterUsage {
  /** What is known of a scope from the beginning. */
  whole(scope: UsageScope): readonly UsageBatch[];
  /**
   * Calls with what is known (soon, but not before this returns), then with every new value. Returns the function that
   * ends it; the quick passes go on for some seconds, because pages change.
   */
  watch(scope: UsageScope, listener: (batch: UsageBatch) => void): () => void;
  /** Containers of a node (null: of any) have started or ended. */
  containersChanged(nodeId: string | null): void;
  stop(): void;
}

export interface ClusterUsageOptions {
  readonly engines: Pick<NodeEngines, "all">;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
  readonly sourceOf?: (node: LinkedNode) => UsageSource;
  /** How long quick passes go on without a watcher, ms. */
  readonly lingerMs?: number;
}

/** Those who watch one scope. */
interface Group {
  readonly scope: UsageScope;
  readonly listeners: Set<(batch: UsageBatch) => void>;
  /** What the map was told last, by series: only changes are told again. */
  readonly told: Map<string, string>;
  silent: string;
  /** Set when the last one left. */
  leftAt: number | null;
}

/** A slow node must not hold up the numbers of the others, ms. */
const waitForPassMs = 3_000;
/** Values told again with each new one: late readings fill the slots before. */
const retold = 3;
const lingerUsually = 5_000;
/** The first readings are two short steps apart, so that there is a rate soon. */
const firstPauseMs = 2_000;

export function startClusterUsage(options: ClusterUsageOptions): ClusterUsage {
  return new RunningUsage(options);
}

class RunningUsage implements ClusterUsage {
  private readonly options: ClusterUsageOptions;
  private readonly nodes = new Map<string, NodeUsage>();
  private readonly groups = new Map<string, Group>();
  /** Nodes with a quick pass under way. */
  private readonly quick = new Set<string>();
  private slowTimer: NodeJS.Timeout;
  private quickTimer: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(options: ClusterUsageOptions) {
    this.options = options;
    this.slowTimer = setTimeout(() => void this.slowPass(), firstPauseMs);
  }

  whole(scope: UsageScope): readonly UsageBatch[] {
    this.present();
    const silent = this.silentOf(scope);
    return wholeBatches(scope, this.request()).map((batch, place) =>
      place === 0 ? { ...batch, whole: true, silent } : batch,
    );
  }

  watch(scope: UsageScope, listener: (batch: UsageBatch) => void): () => void {
    const key = JSON.stringify(scope);
    const group = this.groups.get(key) ?? {
      scope,
      listeners: new Set(),
      told: new Map(),
      silent: JSON.stringify(this.silentOf(scope)),
      leftAt: null,
    };
    this.groups.set(key, group);
    group.leftAt = null;
    let left = false;
    queueMicrotask(() => {
      if (left) return;
      for (const batch of this.whole(scope)) listener(batch);
      group.listeners.add(listener);
    });
    this.keepQuick();
    return () => {
      if (left) return;
      left = true;
      group.listeners.delete(listener);
      if (group.listeners.size === 0) group.leftAt = this.options.now();
    };
  }

  containersChanged(nodeId: string | null): void {
    for (const node of this.nodes.values())
      if (nodeId === null || node.id === nodeId) node.containersChanged();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.slowTimer);
    if (this.quickTimer !== null) clearTimeout(this.quickTimer);
  }

  private request() {
    return { nodes: this.nodes, now: this.options.now() };
  }

  /** The nodes of now, each with where its numbers are kept. */
  private present(): { readonly usage: NodeUsage; readonly linked: LinkedNode | null }[] {
    const all = this.options.engines.all();
    const ids = new Set(all.map(({ id }) => id));
    for (const id of this.nodes.keys()) if (!ids.has(id)) this.nodes.delete(id);
    return all.map((node) => {
      const { now, onError, sourceOf } = this.options;
      const usage =
        this.nodes.get(node.id) ??
        new NodeUsage({
          node,
          list: ({ engine }, signal) => listContainers(engine, signal),
          ...(sourceOf && { sourceOf }),
          now,
          onError,
        });
      this.nodes.set(node.id, usage);
      usage.name = node.name;
      if (node.engine === null) usage.silent = node.why;
      return { usage, linked: node.engine === null ? null : node };
    });
  }

  private async slowPass(): Promise<void> {
    const passes = this.present().map(({ usage, linked }) => linked && usage.passAll(linked));
    let timer: NodeJS.Timeout | null = null;
    const patience = new Promise((resolve) => {
      timer = setTimeout(resolve, waitForPassMs);
    });
    await Promise.race([Promise.all(passes), patience]);
    if (timer !== null) clearTimeout(timer);
    if (this.stopped) return;
    for (const [key, group] of this.groups) {
      if (group.listeners.size > 0) this.tellSlow(group);
      else if (group.leftAt !== null && !this.isWatched(group)) this.groups.delete(key);
    }
    // On the grid's own edges, so that every slot gets a value.
    const untilNext = coarse.stepMs - (this.options.now() % coarse.stepMs) + 50;
    this.slowTimer = setTimeout(() => void this.slowPass(), untilNext);
  }

  private tellSlow(group: Group): void {
    const { scope } = group;
    const request = { ...this.request(), count: retold };
    if (scope.kind === "map") this.tell(group, this.changedOnly(group, mapBatch(scope.tasks, request)));
    else if ("id" in scope) this.tell(group, oneBatch(scope, coarse, request));
    else this.tell(group, listBatch(scope, { ...request, count: 1 }));
  }

  /** Of the map, what is another number than the last time: most of a cluster idles. */
  private changedOnly(group: Group, batch: UsageBatch): UsageBatch {
    const changed = Object.entries(batch.series).filter(([key, values]) => {
      const text = JSON.stringify(values);
      if (group.told.get(key) === text) return false;
      group.told.set(key, text);
      return true;
    });
    for (const key of group.told.keys()) if (batch.series[key] === undefined) group.told.delete(key);
    return { ...batch, series: Object.fromEntries(changed) };
  }

  private tell(group: Group, batch: UsageBatch): void {
    const silent = this.silentOf(group.scope);
    const text = JSON.stringify(silent);
    const news = text === group.silent ? batch : { ...batch, silent };
    group.silent = text;
    if (group.scope.kind === "map" && Object.keys(news.series).length === 0 && !news.silent) return;
    for (const listener of [...group.listeners]) listener(news);
  }

  /** Nodes that a part of the scope's numbers would come from, and that do not tell any. */
  private silentOf(scope: UsageScope): readonly SilentNode[] {
    const silent = [...this.nodes.values()].filter((node) => node.silent !== null);
    const ofScope = "id" in scope ? silent.filter((node) => touches(scope, node)) : silent;
    return ofScope.map(({ id, name, silent: why }) => ({ id, name, why: why ?? "" }));
  }

  private isWatched({ listeners, leftAt }: Group): boolean {
    if (listeners.size > 0 || leftAt === null) return true;
    return this.options.now() - leftAt < (this.options.lingerMs ?? lingerUsually);
  }

  /** Scopes that are worth a value every second. */
  private quickScopes(): OneScope[] {
    return [...this.groups.values()]
      .filter((group) => this.isWatched(group))
      .flatMap(({ scope }) => ("id" in scope && scope.kind !== "stack" ? [scope] : []));
  }

  /** Goes on by itself until nobody watches. */
  private keepQuick(): void {
    if (this.stopped || this.quickTimer !== null || this.quickScopes().length === 0) return;
    this.quickTimer = setTimeout(() => {
      this.quickTimer = null;
      this.quickPass();
      this.keepQuick();
    }, fineStepMs);
  }

  private quickPass(): void {
    for (const group of this.groups.values()) {
      const { scope } = group;
      if (group.listeners.size > 0 && "id" in scope && scope.kind !== "stack") {
        this.tell(group, oneBatch(scope, fine, { ...this.request(), count: retold }));
      }
    }
    const scopes = this.quickScopes();
    const watched = new Set(scopes.flatMap((scope) => membersOf(this.nodes.values(), scope)));
    const nodes = new Set([...watched].map(({ nodeId }) => nodeId));
    for (const { kind, id } of scopes) if (kind === "node") nodes.add(id);
    for (const { usage, linked } of this.present()) {
      if (linked === null || this.quick.has(usage.id) || !nodes.has(usage.id)) continue;
      this.quick.add(usage.id);
      void this.passQuickly(usage, linked, watched);
    }
  }

  private async passQuickly(
    usage: NodeUsage,
    linked: LinkedNode,
    watched: ReadonlySet<ContainerUsage>,
  ): Promise<void> {
    await usage.passWatched(linked, (container) => watched.has(container));
    this.quick.delete(usage.id);
  }
}

function touches(scope: OneScope, node: NodeUsage): boolean {
  if (scope.kind === "node") return node.id === scope.id;
  return membersOf([node], scope).some(({ endedAt }) => endedAt === null);
}
