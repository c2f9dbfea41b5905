import { type ClusterUsage, startClusterUsage } from "#lib/server/usage/cluster-usage.ts";
import type { SelfIdentity } from "./actions/context.ts";
import { type ContainerTable, createContainerTable } from "./containers/container-table.ts";
import { isShoalContainer } from "./containers/rows.ts";
import { type ClusterImages, createClusterImages } from "./images/cluster-images.ts";
import type { Link } from "./link.ts";
import type { LiveClusterOptions } from "./live-cluster-types.ts";
import { createNodeEngines, type NodeEngines, nodeOf } from "./nodes/node-engines.ts";
import type { Resources } from "./resources/resources.ts";
import type { ModelStore } from "./store.ts";

/** What only the nodes themselves can tell, each through its own engine or agent. */
export interface NodeParts {
  readonly engines: NodeEngines;
  readonly containers: ContainerTable;
  readonly images: ClusterImages;
  readonly usage: ClusterUsage;
}

export interface NodePartsWiring {
  readonly options: Pick<LiveClusterOptions, "id" | "history" | "registryAuth" | "log">;
  readonly links: () => readonly Link[];
  readonly store: Pick<ModelStore, "draft" | "subscribe">;
  readonly resources: Resources;
  readonly self: () => SelfIdentity | null;
  /** A list that pages show is to be read again. */
  readonly onListsChanged: () => void;
}

/** The caller stops each part. */
export function createNodeParts(wiring: NodePartsWiring): NodeParts {
  const { links, store, resources } = wiring;
  const { id: clusterId, history, registryAuth = () => null, log } = wiring.options;
  const now = Date.now;
  const failed = (what: string) => (error: unknown) => log.error({ err: error }, what);
  const engines = createNodeEngines({ links, model: store.draft });
  const containers = createContainerTable({
    engines,
    isShoal: (row) => isShoalContainer(row, wiring.self()),
    heardAt: (nodeId) =>
      links()
        .find((link) => nodeOf(link).id === nodeId)
        ?.state().lastOkAt ?? null,
    now,
    onError: failed("listener failed"),
  });
  store.subscribe(({ nodes }) => nodes && containers.nodesChanged());
  const images = createClusterImages(
    {
      engines,
      containers,
      resources,
      revisionImages: () => history?.revisions.images(clusterId) ?? [],
      registryAuth,
      model: store.draft,
      onChange: wiring.onListsChanged,
    },
    { now, onError: failed("images") },
  );
  const usage = startClusterUsage({ engines, now, onError: failed("usage could not be read") });
  return { engines, containers, images, usage };
}
