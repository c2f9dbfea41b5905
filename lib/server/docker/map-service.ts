import type { ServiceColor, ServiceView, UpdateView } from "#lib/shared/model/types.ts";
import {
  amountOf,
  longestText,
  nanosToMs,
  oneOf,
  textOf,
  textOrNull,
  textsOf,
  timeOf,
  timeOrNull,
} from "./hostile.ts";
import { parseImage } from "./image-name.ts";
import { mapPorts } from "./map-ports.ts";
import { mapGenericResources, mapPlatforms } from "./map-resources.ts";
import type { WireService, WireServiceMode, WireServiceSpec } from "./wire.ts";

/** What only the server knows about a service. */
export interface ServiceExtras {
  readonly color: ServiceColor;
  readonly isShoal: boolean;
  /** Used when the engine did not say (only the list with status=true does). */
  readonly counts?: { readonly desiredTasks: number; readonly completedTasks: number };
}

/** Label that makes services a stack. */
export const stackLabel = "com.docker.stack.namespace";

/** Docker's service as screens need it. Null when it has no id. */
export function mapService(wire: WireService, extras: ServiceExtras): ServiceView | null {
  const id = textOf(wire?.ID);
  if (id === "") return null;
  const spec: WireServiceSpec = wire.Spec ?? {};
  const template = spec.TaskTemplate ?? {};
  const mode = modeOf(spec.Mode);
  const replicas = replicasOf(spec.Mode);
  const status = wire.ServiceStatus;
  return {
    id,
    name: textOf(spec.Name) || id,
    stack: textOrNull(spec.Labels?.[stackLabel]),
    mode,
    replicas,
    desiredTasks: status ? amountOf(status.DesiredTasks) : (extras.counts?.desiredTasks ?? replicas ?? 0),
    completedTasks: status ? amountOf(status.CompletedTasks) : (extras.counts?.completedTasks ?? 0),
    image: parseImage(template.ContainerSpec?.Image),
    ports: mapPorts(wire.Endpoint?.Ports ?? spec.EndpointSpec?.Ports),
    update: updateOf(wire.UpdateStatus),
    color: extras.color,
    reservedNanoCpus: amountOf(template.Resources?.Reservations?.NanoCPUs),
    reservedMemoryBytes: amountOf(template.Resources?.Reservations?.MemoryBytes),
    limitNanoCpus: amountOf(template.Resources?.Limits?.NanoCPUs),
    limitMemoryBytes: amountOf(template.Resources?.Limits?.MemoryBytes),
    genericResources: mapGenericResources(template.Resources?.Reservations?.GenericResources),
    constraints: textsOf(template.Placement?.Constraints),
    platforms: mapPlatforms(template.Placement?.Platforms),
    maxReplicasPerNode: amountOf(template.Placement?.MaxReplicas),
    ...restartOf(template.RestartPolicy),
    ...updateConfigOf(spec.UpdateConfig),
    healthcheck: healthcheckOf(template.ContainerSpec?.Healthcheck),
    isShoal: extras.isShoal,
    createdAt: timeOf(wire.CreatedAt),
    updatedAt: timeOf(wire.UpdatedAt),
  };
}

/** The mode of a service by the one member its Mode has. */
export function modeOf(mode: WireServiceMode | null | undefined): ServiceView["mode"] {
  if (mode?.Global) return "global";
  if (mode?.ReplicatedJob) return "replicated-job";
  if (mode?.GlobalJob) return "global-job";
  return "replicated";
}

function replicasOf(mode: WireServiceMode | null | undefined): number | null {
  switch (modeOf(mode)) {
    case "replicated":
      // The engine's default, should a client have left it out.
      return mode?.Replicated?.Replicas == null ? 1 : amountOf(mode.Replicated.Replicas);
    case "replicated-job":
      return amountOf(mode?.ReplicatedJob?.TotalCompletions ?? mode?.ReplicatedJob?.MaxConcurrent ?? 1);
    default:
      return null;
  }
}

type RestartFields = Pick<ServiceView, "restartCondition" | "restartDelayMs" | "restartMaxAttempts">;

/** Restart settings with swarm's defaults: any, 5 s, no limit. */
function restartOf(policy: NonNullable<WireServiceSpec["TaskTemplate"]>["RestartPolicy"]): RestartFields {
  return {
    restartCondition: oneOf(policy?.Condition, ["any", "on-failure", "none"], "any"),
    restartDelayMs: policy?.Delay == null ? 5000 : nanosToMs(policy.Delay),
    restartMaxAttempts: amountOf(policy?.MaxAttempts),
  };
}

type UpdateFields = Pick<
  ServiceView,
  "updateParallelism" | "updateDelayMs" | "updateOrder" | "updateFailureAction"
>;

/** Update settings with swarm's defaults. Parallelism 0 means all at once. */
function updateConfigOf(config: WireServiceSpec["UpdateConfig"]): UpdateFields {
  return {
    updateParallelism: config ? amountOf(config.Parallelism) : 1,
    updateDelayMs: nanosToMs(config?.Delay),
    updateOrder: oneOf(config?.Order, ["stop-first", "start-first"], "stop-first"),
    updateFailureAction: oneOf(config?.FailureAction, ["pause", "continue", "rollback"], "pause"),
  };
}

const updateStates = [
  "updating",
  "paused",
  "completed",
  "rollback_started",
  "rollback_paused",
  "rollback_completed",
] as const;

function updateOf(status: WireService["UpdateStatus"]): UpdateView | null {
  // Engines send an empty object where no update ever ran.
  if (!status?.State) return null;
  return {
    state: oneOf(status.State, updateStates, "unknown"),
    startedAt: timeOrNull(status.StartedAt),
    completedAt: timeOrNull(status.CompletedAt),
    message: textOf(status.Message, longestText),
  };
}

function healthcheckOf(
  check: { readonly Test?: readonly string[] | null } | null | undefined,
): boolean | null {
  const first = check?.Test?.[0];
  if (first === undefined) return null;
  return first !== "NONE";
}
