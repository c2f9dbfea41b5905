import type { DockerEvent } from "#lib/server/docker/wire.ts";
import { atMostEvery } from "./at-most-every.ts";
import { taskLabel } from "./container-reader.ts";
import { createEventDedupe } from "./event-dedupe.ts";
import type { Link } from "./link.ts";
import { healthWord } from "./model/health.ts";
import type { Picture } from "./picture.ts";
import type { ReadKind } from "./resources/shared-reads.ts";
import type { Watcher } from "./watcher.ts";

export interface EventRouterOptions {
  readonly watcher: Pick<Watcher, "nodesChanged" | "serviceChanged" | "tasksChanged">;
  readonly picture: Pick<Picture, "setHealth">;
  /** Everything that is not a repetition, for those who keep what happened. */
  readonly onNews: (link: Link, event: DockerEvent) => void;
  /** A node was promoted or demoted. */
  readonly onRole: (nodeId: string) => void;
  /** The images of this link's engine are others now. */
  readonly onImages: (link: Link) => void;
  /** Something that lists show was made, changed or removed in the swarm. */
  readonly onResource: (kind: ReadKind) => void;
}

const resourceKinds: Readonly<Record<string, ReadKind>> = {
  network: "networks",
  secret: "secrets",
  config: "configs",
  service: "services",
};

const localNetworksEveryMs = 2_000;

/** Turns events of all links into what has to be read. Swarm events come from every manager and count once. */
export function createEventRouter(options: EventRouterOptions): (link: Link, event: DockerEvent) => void {
  const { watcher } = options;
  const heardBefore = createEventDedupe();
  // They come and go, and are joined and left, with every container.
  const onLocalNetwork = atMostEvery(localNetworksEveryMs, () => options.onResource("networks"));

  function onContainer(link: Link, { Action, Actor }: DockerEvent): void {
    const taskId = Actor.Attributes[taskLabel];
    const serviceId = Actor.Attributes["com.docker.swarm.service.id"];
    const nodeId = link.state().facts?.swarm.nodeId ?? null;
    if (taskId === undefined || serviceId === undefined || nodeId === null) return;
    // `health_status: healthy`: the word follows the name of the event.
    if (Action.startsWith("health_status")) {
      options.picture.setHealth(nodeId, taskId, healthWord(Action.split(":")[1]?.trim()));
    }
    watcher.tasksChanged(serviceId);
  }

  return (link, event) => {
    if (event.Type === "container") {
      options.onNews(link, event);
      onContainer(link, event);
      return;
    }
    if (event.Type === "image") {
      options.onImages(link);
      return;
    }
    if (event.Type === "volume") {
      options.onResource("volumes");
      return;
    }
    if (event.Type === "network" && event.scope !== "swarm") {
      onLocalNetwork();
      return;
    }
    if (heardBefore(event)) return;
    const resource = resourceKinds[event.Type];
    if (resource) options.onResource(resource);
    options.onNews(link, event);
    if (event.Type === "service") watcher.serviceChanged(event.Actor.ID);
    if (event.Type === "node") {
      watcher.nodesChanged();
      if (event.Actor.Attributes["role.new"] !== undefined) options.onRole(event.Actor.ID);
    }
  };
}
