import type { EngineAddress } from "#lib/server/config/engine-address.ts";
import type { HistoryTables } from "#lib/server/db/history.ts";
import type { DockerEvent, WireContainer } from "#lib/server/docker/wire.ts";
import type { ClusterLogs } from "#lib/server/logs/cluster-logs.ts";
import type { Cluster } from "#lib/server/runtime-types.ts";
import type { ClusterUsage } from "#lib/server/usage/cluster-usage.ts";
import type { ClusterDelta } from "#lib/shared/model/reducer.ts";
import type { ClusterInfo, ClusterModel } from "#lib/shared/model/types.ts";
import type { ActionContext, SelfIdentity } from "./actions/context.ts";
import { nextInfo } from "./cluster-info.ts";
import { createColors } from "./colors.ts";
import type { ContainerTable } from "./containers/container-table.ts";
import { taskHealthIn } from "./containers/rows.ts";
import { createEventRouter } from "./event-router.ts";
import { createEventLog, type EventLog } from "./events/event-log.ts";
import { type ClusterHistory, createClusterHistory } from "./history/cluster-history.ts";
import { hostAddresses } from "./host-addresses.ts";
import type { ClusterImages } from "./images/cluster-images.ts";
import type { LastLines } from "./last-lines/last-lines.ts";
import { type Link, nodeIdOf } from "./link.ts";
import { type LinkSet, startLinkSet } from "./link-set.ts";
import type { LiveCluster, LiveClusterOptions } from "./live-cluster-types.ts";
import { emptyModel } from "./model/empty-model.ts";
import { type NodeEngines, nodeOf } from "./nodes/node-engines.ts";
import { findSelf, ownContainerId } from "./own-container.ts";
import { createPicture, type Picture } from "./picture.ts";
import { createSwarmReads, type SwarmReads } from "./reads.ts";
import { createResources, type Resources } from "./resources/resources.ts";
import { createSharedReads, type ReadKind } from "./resources/shared-reads.ts";
import { createStore, type ModelStore } from "./store.ts";
import { createViewers, type Viewers } from "./viewers.ts";
import { createWatcher, type Watcher } from "./watcher.ts";
import { createActionContext } from "./wire-actions.ts";
import { createLogs } from "./wire-logs.ts";
import { createNodeParts } from "./wire-node-parts.ts";

/** Starts connecting at once; `model` is usable from the first moment. */
export function startLiveCluster(options: LiveClusterOptions): LiveCluster {
  return new RunningCluster(options);
}

class RunningCluster implements LiveCluster {
  readonly id: string;
  readonly actions: ActionContext;
  readonly logs: ClusterLogs;
  readonly resources: Resources;
  private readonly shared = createSharedReads(Date.now);
  readonly events: EventLog;
  private readonly options: LiveClusterOptions;
  private readonly store: ModelStore;
  private readonly picture: Picture;
  private readonly reads: SwarmReads;
  private readonly watcher: Watcher;
  private readonly history: ClusterHistory | null;
  readonly links: LinkSet;
  readonly engines: NodeEngines;
  readonly containers: ContainerTable;
  readonly images: ClusterImages;
  readonly usage: ClusterUsage;
  readonly lastLines: LastLines | null;
  private readonly onEvent: (link: Link, event: DockerEvent) => void;
  private readonly ownContainer = ownContainerId();
  private name: string | null;
  private self: SelfIdentity | null = null;
  private readonly viewers: Viewers;
  private clock: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(options: LiveClusterOptions) {
    this.id = options.id;
    this.options = options;
    const { log } = options;
    const now = Date.now;
    this.name = options.name ?? null;
    const empty = emptyModel(options.id, { ...options, viaAgents: options.engines.length === 0 });
    this.store = createStore(empty, {
      onError: (error) => log.error({ err: error }, "listener failed"),
    });
    this.events = createEventLog({ cluster: options.id, store: this.store, table: options.events, log, now });
    this.picture = createPicture({
      store: this.store,
      changes: this.events.changes,
      colors: createColors(options.id, options.colors, now),
      isShoal: (serviceId) => this.self?.serviceId === serviceId,
      now,
    });
    this.viewers = createViewers(options.lingerMs ?? 10_000, () => this.links && this.updateWatching());
    const onChange = () => this.refreshInfo();
    this.reads = createSwarmReads({
      links: () => this.links.all(),
      now,
      onChange,
      onRecovered: () => {
        this.watcher.everythingChanged();
        this.resourceChanged(null);
      },
    });
    this.history = options.history && this.startHistory(options.history);
    this.watcher = createWatcher({
      reads: this.reads,
      picture: this.picture,
      log,
      now,
      onChange,
      onServices: (...read) => this.history?.servicesRead(...read),
    });
    this.onEvent = createEventRouter({
      watcher: this.watcher,
      picture: this.picture,
      onNews: (link, event) => {
        this.events.heard(nodeIdOf(link), event);
        if (event.Type === "container") this.usage.containersChanged(nodeIdOf(link));
        this.lastLines?.heard(link, event);
      },
      onRole: (nodeId) => this.links.refresh(nodeId),
      onImages: (link) => this.images.changed(nodeOf(link).id),
      onResource: (kind) => this.resourceChanged(kind),
    });
    this.resources = createResources({ reads: this.reads, shared: this.shared });
    this.links = startLinkSet({
      engines: options.engines,
      certPath: options.certPath,
      log,
      timing: options.linkTiming,
      onChange: () => this.linkChanged(),
      onUp: (link) => this.linkUp(link),
      onMissed: (link) => this.linkUp(link),
      onEvent: (from, event) => this.onEvent(from, event),
      onRows: (link, rows) => this.containersRead(link, rows),
      onRowsFailed: (link, error) =>
        this.containers.failed(nodeOf(link).id, error instanceof Error ? error.message : String(error)),
    });
    const parts = createNodeParts({
      options,
      links: () => this.links.all(),
      store: this.store,
      resources: this.resources,
      self: () => this.self,
      onListsChanged: () => this.listsChanged(),
    });
    ({ engines: this.engines, containers: this.containers, images: this.images, usage: this.usage } = parts);
    this.actions = createActionContext({
      clusterId: options.id,
      links: () => this.links.all(),
      ownLink: () => this.links.own(),
      reads: this.reads,
      watcher: this.watcher,
      model: this.store.draft,
      self: () => this.self,
      registryAuth: options.registryAuth,
      operatorHostAccess: options.operatorHostAccess,
      history: this.history,
      noteRevision: this.events.noteRevision,
    });
    const { logs, lastLines } = createLogs({
      options,
      reads: this.reads,
      parts,
      model: this.store.draft,
    });
    this.logs = logs;
    this.lastLines = lastLines;
    this.refreshInfo();
  }

  model(): ClusterModel {
    return this.store.model();
  }

  since(seq: number): readonly ClusterDelta[] | null {
    return this.store.since(seq);
  }

  subscribe(listener: Parameters<Cluster["subscribe"]>[0]): () => void {
    const unsubscribe = this.store.subscribe(listener);
    const leave = this.viewers.enter();
    return () => {
      unsubscribe();
      leave();
    };
  }

  connectNow(): void {
    this.links.connectNow();
    this.watcher.everythingChanged();
  }
  engineCalls(): number {
    return this.links.calls();
  }

  setDemo(demo: ClusterInfo["demo"]): void {
    this.picture.setInfo({ demo });
  }
  setAgents(agents: Omit<ClusterInfo["agents"], "changes">): void {
    const { changes } = this.store.draft().info.agents;
    this.picture.setInfo({ agents: { ...agents, changes: changes + 1 } });
  }
  rename(name: string): void {
    this.name = name;
    this.refreshInfo();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.viewers.stop();
    if (this.clock !== null) clearTimeout(this.clock);
    this.history?.stop();
    this.events.stop();
    this.store.stop();
    this.containers.stop();
    this.reads.stop();
    this.lastLines?.stop();
    this.logs.stop();
    this.usage.stop();
    this.images.stop();
    await this.links.stop();
    await this.watcher.stop();
  }

  private startHistory(tables: HistoryTables): ClusterHistory {
    // A simulated swarm begins anew with every start: what was kept is about another one.
    if (this.options.simulated) tables.forget(this.id);
    const history = createClusterHistory({
      clusterId: this.id,
      tables,
      model: this.store.draft,
      attempts: (serviceId) => this.picture.attempts(serviceId),
      onActive: (activity) => this.picture.setInfo({ activity }),
      now: Date.now,
    });
    this.store.subscribe(() => history.pictureChanged());
    return history;
  }

  /** Its events were not heard, or not all of them: whatever they tell of may have changed. */
  private linkUp(link: Link): void {
    this.usage.containersChanged(nodeIdOf(link));
    this.watcher.everythingChanged();
    this.resourceChanged(null);
    this.links.readContainers(link);
    this.lookForSelf(link).catch((error: unknown) =>
      this.options.log.debug({ err: error }, "own container unknown"),
    );
  }

  private linkChanged(): void {
    if (this.stopped || !this.links) return;
    this.picture.setLinkedNodes(this.links.linkedNodes());
    this.containers.nodesChanged();
    const before = this.store.draft().info;
    this.refreshInfo();
    const after = this.store.draft().info;
    // A manager went away or came back, or an engine has another role: what was known may be wrong.
    const standing = (info: ClusterInfo) =>
      info.links.map(({ ok, isManager, nodeId }) => [ok, isManager, nodeId]);
    if (JSON.stringify(standing(before)) !== JSON.stringify(standing(after)))
      this.watcher.everythingChanged();
  }

  private containersRead(link: Link, rows: readonly WireContainer[]): void {
    const node = nodeOf(link);
    this.containers.read(node, rows);
    // In a swarm they also tell how the tasks' health checks go.
    if (nodeIdOf(link) !== null) this.picture.applyHealth(node.id, taskHealthIn(rows));
  }

  /** Looks for this process among the containers of a linked engine: acting on itself deserves a warning. */
  private async lookForSelf(link: Link): Promise<void> {
    const engine = link.engine();
    if (this.self !== null || engine === null || this.ownContainer === null) return;
    this.self = await findSelf(engine, nodeIdOf(link), this.ownContainer);
    // Its rows, and those of its agents, may have been read before.
    if (this.self !== null) this.links.readContainers();
    if (this.self?.serviceId) this.watcher.serviceChanged(this.self.serviceId);
  }

  private updateWatching(): void {
    const nodes = Object.values(this.store.draft().nodes);
    this.watcher.setWatching(
      this.viewers.present(),
      nodes.some((node) => !node.linked && node.state !== "down"),
    );
  }

  /** Works out the state of the cluster again; what follows from a new state is done here. */
  private refreshInfo(): void {
    if (this.stopped || !this.links) return;
    this.updateWatching();
    const before = this.store.draft().info;
    const after = nextInfo(before, {
      links: this.links.all(),
      reads: this.reads.facts(),
      loaded: this.watcher.loaded(),
      unread: this.watcher.failure(),
      now: Date.now(),
      name: this.name,
      checkEveryMs: this.watcher.checkEveryMs(),
      nodes: this.store.draft().nodes,
      hostAddresses: () => hostAddresses(this.ownAddress(), this.ownContainer !== null),
    });
    this.picture.setInfo(after);
    if (before.phase !== after.phase) this.phaseChanged(before, after);
    const otherSwarm = before.swarmId !== null && after.swarmId !== null && before.swarmId !== after.swarmId;
    if (otherSwarm) this.forgetSwarm();
    this.keepClock(after.phase === "electing");
  }

  private phaseChanged(before: ClusterInfo, after: ClusterInfo): void {
    this.options.log.info(
      { cluster: this.id, from: before.phase, to: after.phase, said: after.message },
      "state",
    );
    if (before.phase === "ready") this.watcher.distrust();
    if (after.phase === "not_swarm") this.forgetSwarm();
    // The engines have other names for their nodes now.
    if (after.phase === "not_swarm" || after.phase === "ready") this.links.readContainers();
  }

  private forgetSwarm(): void {
    this.picture.forgetSwarm();
    this.watcher.distrust();
  }

  /** Lists read on demand are no longer true: pages that show one read it again. Null: any of them. */
  private resourceChanged(kind: ReadKind | null): void {
    if (kind === null) this.shared.changedAll();
    else this.shared.changed(kind);
    // Services tell their changes themselves.
    if (kind !== "services") this.listsChanged();
  }

  /** Pages that show a list read on demand read it again. */
  private listsChanged(): void {
    if (this.stopped) return;
    this.picture.setInfo({ resourceChanges: this.store.draft().info.resourceChanges + 1 });
  }

  /** An election becomes a lost quorum by time alone. */
  private keepClock(needed: boolean): void {
    if (!needed || this.clock !== null) return;
    this.clock = setTimeout(() => {
      this.clock = null;
      this.refreshInfo();
    }, 1_000);
  }

  private ownAddress(): EngineAddress {
    return this.options.engines[0]?.[0] ?? { kind: "unix", path: "/var/run/docker.sock", name: "" };
  }
}
