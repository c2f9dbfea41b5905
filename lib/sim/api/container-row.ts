import type { Profile } from "../profiles/profile.ts";
import { containerLabels, containerName } from "../world/containers.ts";
import { isUp, type SimContainer } from "../world/objects.ts";
import type { World } from "../world/world.ts";
import { mountsJson, networksJson, portsOf } from "./container-parts.ts";
import { imageConfig } from "./image-json.ts";

/** `created`, `running`, `paused` or `exited`. */
export function statusOf(container: SimContainer): "created" | "running" | "paused" | "exited" {
  if (isUp(container)) return container.paused ? "paused" : "running";
  return container.startedAt === 0 ? "created" : "exited";
}

/** A row of /containers/json. `short`: as /system/df writes it. */
export function containerRow(
  world: World,
  container: SimContainer,
  profile: Profile,
  { size = false, short = false } = {},
): object {
  const { id, image, body, task, createdAt } = container;
  const known = world.engineOf(container.nodeId).image(image);
  const command = task
    ? [...(task.template.ContainerSpec?.Command ?? []), ...(task.template.ContainerSpec?.Args ?? [])]
    : [...(body?.Entrypoint ?? []), ...(body?.Cmd ?? [])];
  return {
    Id: id,
    Names: [`/${containerName(container)}`],
    Image: image,
    ImageID: known?.id ?? "",
    Command: (command.length > 0 ? command : imageConfig.Cmd).join(" "),
    Created: Math.floor(createdAt / 1000),
    Ports: isUp(container) && !short ? portsOf(world, container) : [],
    ...(size && { SizeRootFs: known?.size ?? 0 }),
    Labels: containerLabels(container),
    State: statusOf(container),
    Status: sentenceOf(world, container),
    HostConfig: { NetworkMode: task ? "default" : (body?.HostConfig?.NetworkMode ?? "default") },
    NetworkSettings: { Networks: networksJson(world, container, profile, false) },
    Mounts: mountsJson(container),
    ...(profile.hasHealthRows && {
      Health: { Status: container.health, FailingStreak: container.health === "unhealthy" ? 3 : 0 },
    }),
  };
}

/** `Up 5 minutes (healthy)` */
function sentenceOf(world: World, container: SimContainer): string {
  const { health, startedAt, finishedAt, exitCode } = container;
  switch (statusOf(container)) {
    case "created":
      return "Created";
    case "exited":
      return `Exited (${exitCode}) ${ago(world.now - (finishedAt ?? 0))} ago`;
    case "paused":
      return `Up ${ago(world.now - startedAt)} (Paused)`;
    case "running": {
      const words = health === "starting" ? "health: starting" : health;
      return `Up ${ago(world.now - startedAt)}${health === "none" ? "" : ` (${words})`}`;
    }
  }
}

/** A length of time as engines say it. */
function ago(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 1) return "Less than a second";
  if (seconds === 1) return "1 second";
  if (seconds < 60) return `${seconds} seconds`;
  const minutes = Math.floor(seconds / 60);
  if (minutes === 1) return "About a minute";
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  if (hours === 1) return "About an hour";
  return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
}
