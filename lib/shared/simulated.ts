import type { Permission } from "./roles.ts";

/**
 * What the simulated engine of the demo cluster cannot do, whoever asks: pages do not offer it there. It refuses each of
 * these with a sentence all the same.
 */
const beyond: ReadonlySet<Permission> = new Set<Permission>([
  "secret.write", "config.write", "service.image",
  "container.operate", "container.exec", "container.rename", "container.remove", "container.create",
  "image.pull", "image.tag", "image.remove", "image.prune",
  "network.create", "network.remove", "network.connect",
  "volume.create", "volume.remove", "volume.files",
  "swarm.leave", "agent.manage", "service.create", "stack.deploy", "stack.remove",
]); // biome-ignore format: one line for each kind of object

/** Can no simulated cluster do this? */
export function isBeyondSimulation(permission: Permission): boolean {
  return beyond.has(permission);
}
