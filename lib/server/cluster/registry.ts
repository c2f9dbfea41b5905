import type { KeptProjects } from "#lib/server/projects/cluster-projects.ts";
import type { RegistryAuthFor } from "#lib/server/registries/registries.ts";
import type { Cluster, ClusterRegistry } from "#lib/server/runtime-types.ts";
import type { KeptStacks } from "#lib/server/stacks/cluster-stacks.ts";
import type { AgentListener, AgentState } from "#lib/server/tunnel/agents.ts";
import type { Access } from "#lib/shared/access.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { createCluster } from "./cluster.ts";
import { type DemoEngines, type DemoSize, demoIds, startDemoEngines } from "./demo-engine.ts";
import { startLiveCluster } from "./live-cluster.ts";
import type { LiveCluster, LiveClusterOptions } from "./live-cluster-types.ts";
import { noCluster, seenBy } from "./seen-by.ts";

export interface RunningRegistry extends ClusterRegistry {
  /** Starts a cluster that agents lead to. */
  add(cluster: { readonly id: string; readonly name: string }): void;
  /** Ends and forgets it. */
  remove(id: string): Promise<void>;
  rename(id: string, name: string): void;
  /** What agents that come and go mean for their clusters. */
  readonly agentListener: AgentListener;
  /** Ends every link and timer of every cluster. */
  stop(): Promise<void>;
}

export interface RegistryOptions {
  /** The swarm or engine behind DOCKER_HOST. */
  readonly local: LiveClusterOptions;
  readonly stacks: KeptStacks;
  readonly projects: KeptProjects;
  /** Clusters that agents lead to. */
  readonly others?: readonly { readonly id: string; readonly name: string }[];
  /** The agents of a cluster, for its counts. */
  readonly agents?: (cluster: string) => readonly AgentState[];
  /** Logins that are kept for registries; left out: none. */
  readonly registryAuthFor?: RegistryAuthFor;
  readonly operatorHostAccess?: boolean;
  /** SHOAL_DEMO: started now, offered while no engine answers, or not there. */
  readonly demo: DemoSize & { readonly mode: "on" | "auto" | "off" };
}

interface Entry {
  readonly live: LiveCluster;
  readonly cluster: Cluster;
  stop(): Promise<void>;
}

const demoId = demoIds.main;
const demoStates = { on: "running", auto: "offered", off: "off" } as const;

/** Starts the clusters of this server: `local`, and those of the demo when it is switched on. Rejects when a demo cannot start. */
export async function startRegistry(options: RegistryOptions): Promise<RunningRegistry> {
  const {
    local,
    demo,
    others = [],
    agents = () => [],
    registryAuthFor = () => null,
    operatorHostAccess = false,
    stacks,
    projects,
  } = options;
  const entries = new Map<string, Entry>();
  const { colors, history, events, lastLines, log } = local;
  const shared = {
    colors,
    history,
    events,
    log,
    certPath: null,
    ...(lastLines && { lastLines }),
  };
  let engines: Promise<DemoEngines> | null = null;

  function add(options: LiveClusterOptions): LiveCluster {
    const { id } = options;
    const registryAuth = (image: string) => registryAuthFor(image, id);
    const live = startLiveCluster({ ...options, registryAuth, operatorHostAccess });
    const cluster = createCluster(live, {
      stacks,
      projects,
      ...(history && { rotations: history.rotations }),
      onError: (error) => log.error({ err: error }, "work in the background"),
    });
    entries.set(options.id, {
      live,
      cluster,
      stop() {
        cluster.stopWork();
        return live.stop();
      },
    });
    return live;
  }

  function noEngineAnswers(): boolean {
    return entries.get(local.id)?.live.model().info.phase === "no_engine";
  }

  /** The demo's clusters are reached, shown and changed like every other; only their engines are not real. */
  async function startDemo(): Promise<void> {
    engines ??= startDemoEngines(demo);
    try {
      const { clusters } = await engines;
      if (entries.has(demoId)) return;
      for (const { id, name, addresses } of clusters) {
        // Somebody may have a cluster of that name from before there was a second one in the demo.
        if (entries.has(id) || others.some((other) => other.id === id)) continue;
        add({ ...shared, id, name, engines: addresses.map((address) => [address]), simulated: true });
      }
      entries.get(local.id)?.live.setDemo("running");
    } catch (error) {
      engines = null;
      throw error;
    }
  }

  async function openDemo(): Promise<string> {
    if (entries.has(demoId)) return demoId;
    if (demo.mode === "off") throw new AppError("not_found", t("states.call.noDemo"));
    if (!noEngineAnswers()) throw new AppError("not_found", t("states.call.demoNotOffered"));
    await startDemo();
    return demoId;
  }

  function countAgents(id: string): void {
    const known = agents(id);
    entries.get(id)?.live.setAgents({
      known: known.filter(({ row }) => row.state === "accepted").length,
      connected: known.filter(({ connectedSince }) => connectedSince !== null).length,
      waiting: known.filter(({ row }) => row.state === "waiting").length,
    });
  }

  const addNamed = (cluster: { readonly id: string; readonly name: string }) =>
    void add({ ...shared, ...cluster, engines: [] });

  if (demo.mode === "on") await startDemo();
  add({ ...local, demo: demoStates[demo.mode] });
  for (const cluster of others) addNamed(cluster);

  const shown: ClusterRegistry = {
    list: () => [...entries.values()].map(({ live }) => live.model().info),
    home: () => (entries.has(demoId) && noEngineAnswers() ? demoId : local.id),
    get(id) {
      const entry = entries.get(id);
      if (!entry) throw noCluster(id);
      return entry.cluster;
    },
    openDemo,
    seenBy: (access) => registrySeenBy(shown, access),
  };

  return {
    ...shown,
    add: addNamed,
    async remove(id) {
      const entry = entries.get(id);
      entries.delete(id);
      await entry?.stop();
    },
    rename: (id, name) => entries.get(id)?.live.rename(name),
    agentListener: {
      attach: (cluster, id, target) => entries.get(cluster)?.live.links.attach(id, target),
      wake: (cluster, id) => entries.get(cluster)?.live.links.wake(id),
      detach: (cluster, id) => void entries.get(cluster)?.live.links.detach(id),
      changed: countAgents,
    },
    async stop() {
      await Promise.all([...entries.values()].map((entry) => entry.stop()));
      await engines?.then((running) => running.close());
    },
  };
}

/** The home of somebody who may not see the usual one is the first cluster that they may see. */
function registrySeenBy(registry: ClusterRegistry, access: Access): ClusterRegistry {
  const { list, get } = seenBy(registry, access);
  return {
    list,
    get,
    home() {
      const home = registry.home();
      const ids = list().map(({ id }) => id);
      return home !== null && ids.includes(home) ? home : (ids[0] ?? null);
    },
    openDemo: registry.openDemo,
    seenBy: (narrower) => registrySeenBy({ ...registry, list, get }, narrower),
  };
}
