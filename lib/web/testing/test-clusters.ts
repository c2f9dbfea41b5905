import { noCluster, seenBy } from "#lib/server/cluster/seen-by.ts";
import type { Cluster, ClusterRegistry } from "#lib/server/runtime-types.ts";
import type { ClusterInfo } from "#lib/shared/model/types.ts";

/** A registry of clusters that have nothing but an id. */
export function testClusters(...ids: string[]): ClusterRegistry {
  const all: Pick<ClusterRegistry, "list" | "get"> = {
    list: () => ids.map((id) => ({ id, name: id }) as ClusterInfo),
    get(id) {
      if (!ids.includes(id)) throw noCluster(id);
      return { id } as Cluster;
    },
  };
  const registry: ClusterRegistry = {
    ...all,
    home: () => ids[0] ?? null,
    openDemo: async () => "demo",
    seenBy: (access) => ({ ...registry, ...seenBy(all, access) }),
  };
  return registry;
}
