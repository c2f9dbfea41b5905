import type { Permission } from "./roles.ts";

/**
 * What a simulated cluster cannot do, whoever asks: pages do not offer it there. Files in volumes and agents are not the
 * engine's, and a swarm that has been left would leave nothing to look at.
 */
const beyond: ReadonlySet<Permission> = new Set<Permission>(["volume.files", "swarm.leave", "agent.manage"]);

/** Can no simulated cluster do this? */
export function isBeyondSimulation(permission: Permission): boolean {
  return beyond.has(permission);
}
