import { readFileSync } from "node:fs";
import type { Engine } from "#lib/server/docker/engine.ts";
import { isAppError } from "#lib/shared/errors.ts";
import type { SelfIdentity } from "./actions/context.ts";

/**
 * The id of the container this process runs in, or null outside of one. Docker mounts files of the container's own
 * folder (resolv.conf, hostname) into it, whose host path shows the id whatever the cgroup version. Other paths with
 * ids in them also appear on a host, for the containers of others.
 */
export function ownContainerId(mountInfo: () => string = readMountInfo): string | null {
  try {
    return /\/containers\/([0-9a-f]{64})\/(?:resolv\.conf|hostname|hosts) /.exec(mountInfo())?.[1] ?? null;
  } catch {
    return null;
  }
}

function readMountInfo(): string {
  return readFileSync("/proc/self/mountinfo", "utf8");
}

interface OwnContainer {
  readonly Image?: string;
  readonly Config?: { readonly Labels?: Record<string, string> | null };
  readonly Mounts?: readonly { readonly Type?: string; readonly Name?: string }[] | null;
}

/** Looks for a container on one engine and says which task it is; null when it is not there. May throw AppError. */
export async function findSelf(
  engine: Pick<Engine, "get">,
  nodeId: string | null,
  containerId: string,
): Promise<SelfIdentity | null> {
  try {
    const found = await engine.get<OwnContainer>(`/containers/${containerId}/json`);
    const labels = found?.Config?.Labels ?? {};
    return {
      containerId,
      taskId: labels["com.docker.swarm.task.id"] ?? null,
      serviceId: labels["com.docker.swarm.service.id"] ?? null,
      nodeId: labels["com.docker.swarm.node.id"] ?? nodeId,
      ...(found?.Image && { imageId: found.Image }),
      volumes: (found?.Mounts ?? []).flatMap(({ Type, Name }) => (Type === "volume" && Name ? [Name] : [])),
    };
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") return null;
    throw error;
  }
}
