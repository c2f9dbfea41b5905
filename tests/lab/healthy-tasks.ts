import { parseEndpoint } from "#lib/server/docker/endpoint.ts";
import { createEngine, type Engine } from "#lib/server/docker/engine.ts";
import type { DockerEvent } from "#lib/server/docker/wire.ts";
import type { Lab } from "./lab.ts";

/** How many tasks of a service are healthy, by what the engines of all nodes tell, and by nothing else. */
export interface HealthyTasks {
  /** After each event, in the order of their own times: how many were healthy then. */
  counts(): readonly number[];
  close(): void;
}

/** Ends a container, or begins to: from then on nobody may rely on it. */
const leaving = /^(kill|stop|die|destroy|health_status: unhealthy)$/;

/** Follows the engines from now on; so many are healthy at the beginning. The caller closes it. */
export async function followHealthyTasks(
  lab: Lab,
  service: string,
  healthy: readonly string[],
): Promise<HealthyTasks> {
  const ended = new AbortController();
  const events: DockerEvent[] = [];
  const engines: Engine[] = [];
  for (const node of lab.nodes) {
    const engine = createEngine(parseEndpoint(lab.socket(node)));
    engines.push(engine);
    await engine.connect();
    const { promise, resolve } = Promise.withResolvers<void>();
    void read(engine.events({ filters: { type: ["container"] }, signal: ended.signal, onOpen: resolve }));
    await promise;
  }
  async function read(stream: AsyncIterable<DockerEvent>): Promise<void> {
    for await (const event of stream) events.push(event);
  }
  return {
    counts() {
      const now = new Set(healthy);
      const counts = [now.size];
      for (const { Action, Actor } of events.toSorted((a, b) => a.timeMs - b.timeMs)) {
        if (Actor.Attributes["com.docker.swarm.service.name"] !== service) continue;
        if (Action === "health_status: healthy") now.add(Actor.ID);
        else if (leaving.test(Action)) now.delete(Actor.ID);
        else continue;
        counts.push(now.size);
      }
      return counts;
    },
    close() {
      ended.abort();
      for (const engine of engines) engine.close();
    },
  };
}
