import type { DockerEvent } from "#lib/server/docker/wire.ts";

/**
 * Tells events that were heard before. Every manager sends every swarm event, with the same timeNano (swarm-facts §2),
 * so type, object, action and time name one event exactly. Remembers the last `capacity` events.
 */
export function createEventDedupe(capacity = 4_000): (event: DockerEvent) => boolean {
  let newer = new Set<string>();
  let older = new Set<string>();
  return (event) => {
    const key = `${event.Type}\n${event.Actor.ID}\n${event.Action}\n${event.timeNano}`;
    if (newer.has(key) || older.has(key)) return true;
    newer.add(key);
    if (newer.size * 2 >= capacity) {
      older = newer;
      newer = new Set();
    }
    return false;
  };
}
