import { taskLabel } from "#lib/server/cluster/container-reader.ts";
import type { Engine } from "#lib/server/docker/engine.ts";
import { textOf, textOrNull } from "#lib/server/docker/hostile.ts";
import type { WireContainer } from "#lib/server/docker/wire.ts";

/** A container that runs, and what it is part of. */
export interface UsageContainer {
  readonly id: string;
  readonly name: string;
  readonly taskId: string | null;
  readonly serviceId: string | null;
  readonly stack: string | null;
}

/** The containers that run on a node. Throws AppError. */
export async function listContainers(
  engine: Pick<Engine, "get">,
  signal: AbortSignal,
): Promise<UsageContainer[]> {
  const rows = await engine.get<WireContainer[] | null>("/containers/json", { signal, timeoutMs: 5_000 });
  return (rows ?? []).flatMap((row) => {
    const id = textOf(row?.Id);
    if (!/^[0-9a-f]{12,64}$/.test(id)) return [];
    return {
      id,
      name: textOf(row.Names?.[0]).replace(/^\//, "") || id.slice(0, 12),
      taskId: textOrNull(row.Labels?.[taskLabel]),
      serviceId: textOrNull(row.Labels?.["com.docker.swarm.service.id"]),
      stack: textOrNull(row.Labels?.["com.docker.stack.namespace"]),
    };
  });
}
