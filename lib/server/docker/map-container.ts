import { type ContainerView, containerStates } from "#lib/shared/containers/types.ts";
import type { ImageView, TaskHealth } from "#lib/shared/model/types.ts";
import { amountOf, listOf, oneOf, textOf, textOrNull } from "./hostile.ts";
import { parseImage } from "./image-name.ts";
import { mapContainerPorts } from "./map-ports.ts";
import type { WireContainer } from "./wire.ts";

/** What a row of /containers/json does not say itself. */
export interface ContainerPlace {
  readonly nodeId: string;
  readonly nodeName: string;
  readonly isShoal: boolean;
}

/** One row of /containers/json as screens need it. Null when it has no id. */
export function mapContainer(wire: WireContainer, place: ContainerPlace): ContainerView | null {
  const id = textOf(wire?.Id);
  if (id === "") return null;
  const status = textOf(wire.Status);
  const label = (name: string) => textOrNull(wire.Labels?.[name]);
  return {
    id,
    name: containerName(wire.Names) || id.slice(0, 12),
    ...place,
    image: imageOf(wire.Image),
    state: oneOf(wire.State, containerStates, "unknown"),
    status,
    health: containerHealth(wire),
    exitCode: exitCodeIn(status),
    project: label("com.docker.compose.project"),
    composeService: label("com.docker.compose.service"),
    stack: label("com.docker.stack.namespace"),
    serviceId: label("com.docker.swarm.service.id"),
    serviceName: label("com.docker.swarm.service.name"),
    taskId: label("com.docker.swarm.task.id"),
    ports: mapContainerPorts(wire.Ports),
    mounts: listOf(wire.Mounts).length,
    networks: Object.keys(wire.NetworkSettings?.Networks ?? {}).map((name) => textOf(name)),
    createdAt: amountOf(wire.Created) * 1000,
  };
}

/** Docker names only the id of an image whose tag has moved on to another one. */
function imageOf(image: unknown): ImageView {
  const text = textOf(image);
  return text.startsWith("sha256:") ? { name: "", tag: null, digest: text } : parseImage(text);
}

/** The own name among those that links to the container gave it: `/web` and not `/db/web`. */
function containerName(names: WireContainer["Names"]): string {
  const all = listOf(names).map((name) => textOf(name).replace(/^\//, ""));
  return all.find((name) => !name.includes("/")) ?? all[0] ?? "";
}

/** `Exited (137) 5 minutes ago`: rows have no field for it. */
function exitCodeIn(status: string): number | null {
  const code = /^(?:Exited|Restarting) \((\d{1,10})\)/.exec(status)?.[1];
  return code === undefined ? null : Number(code);
}

/**
 * Health of a container as its row tells it: a field since API 1.52, before that only the end of the status
 * text, `Up 3 hours (healthy)`. A container that does not run has no health.
 */
export function containerHealth(wire: WireContainer): TaskHealth {
  if (wire.State !== undefined && wire.State !== "running") return "none";
  const word = wire.Health?.Status ?? /\((health: )?(\w+)\)$/.exec(textOf(wire.Status))?.[2];
  return oneOf(word, ["healthy", "unhealthy", "starting"], "none");
}
