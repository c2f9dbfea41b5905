import type { ClusterNetworks } from "#lib/server/network-types.ts";
import type { LiveCluster } from "../live-cluster-types.ts";
import { forget } from "./find-network.ts";
import { networkDetail } from "./network-detail.ts";
import { connectContainer, disconnectContainer } from "./network-joins.ts";
import { type NetworkContext, narrowed, readPicture } from "./network-list.ts";
import { createNetworkReads } from "./network-reads.ts";
import { createNetwork, removeNetwork, removeUnused } from "./network-writes.ts";

/** The networks of a cluster for routes and pages. */
export function createClusterNetworks(live: LiveCluster): ClusterNetworks {
  const { engines, resources, containers, actions } = live;
  const reads = createNetworkReads(engines, resources);
  const ctx: NetworkContext = { engines, resources, containers, actions, model: () => live.model(), reads };
  containers.subscribe(() => reads.changed());
  let seen = 0;
  let seenTasks = live.model().tasks;
  /** Somebody made or removed a network, or joined or left one. */
  const heed = () => {
    const { resourceChanges } = live.model().info;
    if (resourceChanges !== seen) reads.changed();
    seen = resourceChanges;
  };
  return {
    async list(options) {
      heed();
      return narrowed(await readPicture(ctx), options);
    },
    async unused() {
      forget(ctx);
      const { items, nodes, swarmError } = await readPicture(ctx);
      const silent = new Set(nodes.filter(({ ok }) => !ok).map(({ id }) => id));
      return {
        items: items.filter(({ isUnused, nodeId }) => isUnused && !silent.has(nodeId ?? "")),
        nodes,
        swarmError,
      };
    },
    detail(ref) {
      heed();
      const { tasks } = live.model();
      if (tasks !== seenTasks) reads.tasksChanged();
      seenTasks = tasks;
      return networkDetail(ctx, ref);
    },
    create: (input) => createNetwork(ctx, input),
    remove: (ref) => removeNetwork(ctx, ref),
    removeUnused: (refs) => removeUnused(ctx, refs),
    connect: (ref, input) => connectContainer(ctx, ref, input),
    disconnect: (ref, input) => disconnectContainer(ctx, ref, input),
  };
}
