"use client";

import { useCluster } from "#components/cluster/cluster-provider.tsx";
import type { TaskView } from "#lib/shared/model/types.ts";
import { consolePath } from "./console-address.ts";

/** Address of a console in a task's container; null where there can be none, or not for this viewer. */
export function useConsoleHref(): (task: TaskView) => string | null {
  const { model, may, href } = useCluster();
  return ({ state, containerId, nodeId }) => {
    const node = nodeId === null ? undefined : model.nodes[nodeId];
    const isReachable = state === "running" && containerId !== null && node?.linked === true;
    if (!isReachable || !may("container.exec")) return null;
    return href(consolePath(containerId, node.name));
  };
}
