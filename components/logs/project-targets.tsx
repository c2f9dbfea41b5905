"use client";

import type { ReactNode } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useContainers } from "#lib/client/use-containers.ts";
import type { LogTarget } from "#lib/shared/logs/log-line.ts";
import { projectRows } from "#lib/shared/projects/project-rows.ts";

interface ProjectTargetsProps {
  project: string;
  node: string | null;
  children: (targets: readonly LogTarget[]) => ReactNode;
}

/** All containers of a project whose logs are read, those that come later too. */
export function ProjectTargets({ project, node, children }: ProjectTargetsProps) {
  const { model } = useCluster();
  const picture = useContainers(model.info.id, null);
  const row = projectRows(Object.values(picture?.rows ?? {})).find(
    ({ name, nodeId, nodeName }) =>
      name === project && (node === null || node === nodeId || node === nodeName),
  );
  return children((row?.containers ?? []).map(({ id, nodeId }) => ({ kind: "container", id, node: nodeId })));
}
