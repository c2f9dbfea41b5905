import { containerHealth } from "#lib/server/docker/map-container.ts";
import type { WireContainer } from "#lib/server/docker/wire.ts";
import type { TaskHealth } from "#lib/shared/model/types.ts";
import type { SelfIdentity } from "../actions/context.ts";
import { taskLabel } from "../container-reader.ts";

const alive: ReadonlySet<string | undefined> = new Set(["running", "paused", "restarting"]);

/** How the health checks of one node's tasks go. */
export function taskHealthIn(rows: readonly WireContainer[]): ReadonlyMap<string, TaskHealth> {
  const health = new Map<string, TaskHealth>();
  for (const row of rows) {
    const taskId = row.Labels?.[taskLabel];
    if (taskId && alive.has(row.State)) health.set(taskId, containerHealth(row));
  }
  return health;
}

/** True for this very Shoal and for its agents, which are made from the same image. */
export function isShoalContainer(
  row: Pick<WireContainer, "Id" | "ImageID" | "Labels">,
  self: SelfIdentity | null,
): boolean {
  if (self !== null && (row.Id === self.containerId || (row.ImageID && row.ImageID === self.imageId)))
    return true;
  return row.Labels?.["org.opencontainers.image.title"] === "Shoal";
}
