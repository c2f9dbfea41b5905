import type { ClusterModel } from "../model/types.ts";
import { nodeObstacles } from "./node-verdict.ts";
import { type Needs, type Room, take } from "./room.ts";

/**
 * Finds a node as swarm does and takes the room there: of the nodes that fit the one with the fewest tasks of this
 * service, then with the fewest tasks at all. Null when none fits. Assumes that no node failed it before: only the
 * leader remembers that. Spread preferences are not looked at: they change which node, not whether there is one.
 */
export function findPlace(nodes: ClusterModel["nodes"], rooms: readonly Room[], needs: Needs): Room | null {
  let best: Room | null = null;
  for (const room of rooms) {
    const node = nodes[room.nodeId];
    if (node === undefined || nodeObstacles(node, room, needs).length > 0) continue;
    if (best === null || crowding(room, needs) < crowding(best, needs)) best = room;
  }
  if (best) take(best, needs);
  return best;
}

/** Smaller is better. No node holds a million tasks. */
function crowding(room: Room, { serviceId }: Needs): number {
  return (room.wanted.get(serviceId) ?? 0) * 1e6 + room.total;
}
