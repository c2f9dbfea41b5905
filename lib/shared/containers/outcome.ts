import { type Phrase, phrase } from "../i18n/phrase.ts";
import { killOutcome } from "../kill-outcome.ts";
import type { ServiceView } from "../model/types.ts";
import type { ContainerAction } from "./api-types.ts";
import type { ContainerView } from "./types.ts";

/** What swarm does when the container of a task is touched behind its back; null for other containers. */
export function swarmOutcome(
  container: Pick<ContainerView, "serviceId" | "serviceName" | "state">,
  service: ServiceView | undefined,
  action: ContainerAction | "remove",
): readonly Phrase[] {
  if (container.serviceId === null) return [];
  const name = container.serviceName ?? container.serviceId;
  if (service === undefined) return [phrase("containers.swarm.noService", { name })];
  switch (action) {
    case "stop":
    case "kill":
      return [phrase("containers.swarm.ends", { name }), killOutcome(service)];
    case "remove":
      if (container.state !== "running" && container.state !== "paused")
        return [phrase("containers.swarm.removeOld", { name })];
      return [phrase("containers.swarm.ends", { name }), killOutcome(service)];
    case "restart":
      return [phrase("containers.swarm.restart", { name }), killOutcome(service)];
    case "start":
      return [phrase("containers.swarm.start", { name })];
    case "pause":
      return [phrase("containers.swarm.pause", { name })];
    case "unpause":
      return [];
  }
}
