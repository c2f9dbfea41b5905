"use client";

import "#lib/shared/i18n/pages/logs.ts";
import { useEffect, useRef } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ClusterModel, NodeView } from "#lib/shared/model/types.ts";
import type { LogTaskName } from "./log-tasks.ts";
import type { LogFeed } from "./use-log-feed.ts";

/** Nodes that do not answer and have, or had, tasks of this log. */
function silentNodes(model: ClusterModel, nodeIds: ReadonlySet<string>): readonly NodeView[] {
  return Object.values(model.nodes).filter((node) => node.state === "down" && nodeIds.has(node.id));
}

/** Says among the lines when a node stops answering and when it is back: lines of its tasks are missing in between. */
export function useNodeNotices(
  feed: LogFeed | null,
  tasks: readonly (LogTaskName & { readonly nodeId: string })[],
): void {
  const { model } = useCluster();
  const silent = useRef<{ feed: LogFeed | null; nodes: Set<string> }>({ feed: null, nodes: new Set() });
  useEffect(() => {
    if (feed === null) return;
    if (silent.current.feed !== feed) silent.current = { feed, nodes: new Set() };
    const { nodes } = silent.current;
    for (const node of silentNodes(model, new Set(tasks.map((task) => task.nodeId)))) {
      if (nodes.has(node.id)) continue;
      nodes.add(node.id);
      const names = tasks.filter((task) => task.nodeId === node.id).map((task) => task.name);
      feed.buffer.notice(
        node.stateSince ?? Date.now(),
        t("logs.notice.nodeSilent", { node: node.name, tasks: [...new Set(names)].slice(0, 5).join(", ") }),
      );
    }
    for (const id of nodes) {
      const node = model.nodes[id];
      if (node?.state !== "ready") continue;
      nodes.delete(id);
      feed.buffer.notice(Date.now(), t("logs.notice.nodeBack", { node: node.name }), "info");
    }
  }, [feed, model, tasks]);
}
