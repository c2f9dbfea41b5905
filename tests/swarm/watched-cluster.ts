import { symlinkSync } from "node:fs";
import { pino } from "pino";
import { startLiveCluster } from "#lib/server/cluster/live-cluster.ts";
import type { LiveCluster } from "#lib/server/cluster/live-cluster-types.ts";
import { noEventsTable } from "#lib/server/cluster/testing/no-events-table.ts";
import { parseEngineAddress } from "#lib/server/config/engine-address.ts";
import { applyDelta } from "#lib/shared/model/reducer.ts";
import type { ClusterModel, ClusterPhase, NodeView, TaskView } from "#lib/shared/model/types.ts";

/** A cluster with a page in front: what the page shows is made from the first snapshot and deltas alone. */
export interface WatchedCluster {
  readonly live: LiveCluster;
  /** What the page shows now. Throws when a delta was missing or did not lead to the server's own picture. */
  shown(): ClusterModel;
  node(name: string): NodeView;
  tasks(service: string): readonly TaskView[];
  /** How many tasks of a service have each state: `{"running healthy": 3}`; those that swarm has given up say `lost`. */
  states(service: string): Record<string, number>;
  /** Every phase seen so far, in order. */
  readonly phases: readonly ClusterPhase[];
  /** Holds every picture from now on against what must always be true, until the function it answers is called. */
  onPicture(check: (model: ClusterModel) => void): () => void;
  addViewers(count: number): void;
  stop(): Promise<void>;
}

/** Connects to these engines (socket paths) and watches. The caller stops it. */
export function watchCluster(sockets: readonly [string, ...string[]]): WatchedCluster {
  const [first, ...others] = sockets.map((path) => [parseEngineAddress(path)]);
  const live = startLiveCluster({
    id: "local",
    engines: [first ?? [], ...others],
    certPath: null,
    colors: { list: () => [], put: () => undefined, removeUnseen: () => undefined },
    history: null,
    events: noEventsTable,
    log: pino({ level: process.env.MODEL_TEST_LOG ?? "silent" }),
  });
  let page: ClusterModel = live.model();
  const phases: ClusterPhase[] = [page.info.phase];
  const checks = new Set<(model: ClusterModel) => void>();
  let broken: unknown = null;

  live.subscribe((delta, model) => {
    try {
      const next = applyDelta(page, delta);
      if (next === null) throw new Error(`gap: ${page.seq} is followed by ${delta.seq}`);
      page = next;
      if (JSON.stringify(sorted(page)) !== JSON.stringify(sorted(model)))
        throw new Error("the page shows something else");
      if (phases.at(-1) !== page.info.phase) phases.push(page.info.phase);
      for (const check of checks) check(page);
    } catch (error) {
      broken ??= error;
    }
  });

  function shown(): ClusterModel {
    if (broken !== null) throw broken;
    return page;
  }
  function tasks(service: string): readonly TaskView[] {
    const { services, tasks: all } = shown();
    const id = Object.values(services).find(({ name }) => name === service)?.id;
    return Object.values(all).filter(({ serviceId }) => serviceId === id);
  }
  return {
    live,
    shown,
    phases,
    tasks,
    node(name) {
      const node = Object.values(shown().nodes).find((each) => each.name === name);
      if (!node) throw new Error(`no node ${name} in the picture`);
      return node;
    },
    states(service) {
      const counts: Record<string, number> = {};
      for (const task of tasks(service)) {
        const lost = task.state === "running" && task.desired !== "running";
        const word = lost ? "lost" : task.state === "running" ? `running ${task.health}` : task.state;
        counts[word] = (counts[word] ?? 0) + 1;
      }
      return counts;
    },
    onPicture(check) {
      checks.add(check);
      return () => void checks.delete(check);
    },
    addViewers(count) {
      for (let i = 0; i < count; i += 1) live.subscribe(() => undefined);
    },
    stop: () => live.stop(),
  };
}

/** Makes an engine's socket appear at another path: the engine "comes up" there. */
export function appearAt(path: string, socket: string): void {
  symlinkSync(socket, path);
}

/** Deltas change the order of keys, which means nothing. */
function sorted(model: ClusterModel): unknown {
  const byId = (entities: object) => Object.entries(entities).sort(([a], [b]) => (a < b ? -1 : 1));
  const { seq, info, nodes, services, tasks } = model;
  return [seq, info, byId(nodes), byId(services), byId(tasks)];
}
