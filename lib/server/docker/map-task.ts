import { type TaskHealth, type TaskState, type TaskView, taskStates } from "#lib/shared/model/types.ts";
import { amountOf, longestText, oneOf, textOf, textOrNull, timeOf } from "./hostile.ts";
import { parseImage } from "./image-name.ts";
import { modeOf } from "./map-service.ts";
import { sameTemplate } from "./same-template.ts";
import type { WireService, WireTask } from "./wire.ts";

/** What a task does not say about itself. */
export interface TaskExtras {
  /** Null for tasks of global services. */
  readonly slot: number | null;
  readonly health: TaskHealth;
  readonly upToDate: boolean;
  readonly failures: number;
  readonly failuresSince: number | null;
}

/** Docker's task as screens need it. Null when it has no id. */
export function mapTask(wire: WireTask, extras: TaskExtras): TaskView | null {
  const id = textOf(wire?.ID);
  if (id === "") return null;
  const status = wire.Status ?? {};
  const container = status.ContainerStatus;
  const reserved = wire.Spec?.Resources?.Reservations;
  const createdAt = timeOf(wire.CreatedAt);
  const state = stateOf(wire);
  const exit = container?.ExitCode;
  return {
    id,
    serviceId: textOf(wire.ServiceID),
    slot: extras.slot,
    nodeId: textOrNull(wire.NodeID),
    state,
    desired: oneOf(wire.DesiredState, taskStates, "unknown"),
    health: extras.health,
    since: timeOf(status.Timestamp) || createdAt,
    createdAt,
    message: textOf(status.Message, longestText),
    error: textOrNull(status.Err, longestText),
    // The engine writes 0 while the container still runs, and when there never was one.
    exitCode: typeof exit === "number" && container?.ContainerID && isOver(state) ? exit : null,
    containerId: shortContainerId(container?.ContainerID),
    imageTag: parseImage(wire.Spec?.ContainerSpec?.Image).tag,
    upToDate: extras.upToDate,
    nanoCpus: amountOf(reserved?.NanoCPUs),
    memoryBytes: amountOf(reserved?.MemoryBytes),
    failures: extras.failures,
    failuresSince: extras.failuresSince,
  };
}

/** As docker ps shows it: 64 random digits would be a third of what a map sends. Null when there is none. */
export function shortContainerId(id: unknown): string | null {
  return textOrNull(id)?.slice(0, 12) ?? null;
}

/** The task's state, `unknown` for a word we do not know. */
export function stateOf(wire: WireTask): TaskState {
  return oneOf(wire.Status?.State, taskStates, "unknown");
}

const overStates = new Set<TaskState>(["complete", "shutdown", "failed", "rejected", "remove", "orphaned"]);

/** True once a task has ended for good. */
export function isOver(state: TaskState): boolean {
  return overStates.has(state);
}

/** The slot of a task; null for global services. Engines leave slot 0 out, which jobs have. */
export function slotOf(wire: WireTask, service: WireService): number | null {
  return modeOf(service.Spec?.Mode).startsWith("global") ? null : amountOf(wire.Slot);
}

/** Tasks of one place take turns: a slot, or a node for global services. */
export function placeOf(wire: WireTask, service: WireService): string {
  const slot = slotOf(wire, service);
  return slot === null ? `node ${wire.NodeID ?? ""}` : `slot ${slot}`;
}

/**
 * Which tasks of one service screens show now (the rule is in TaskView's comment), with the failures of their slot.
 * `healthOf` answers what is known of a task's container; `unseen` where nobody looked.
 */
export function projectTasks(
  tasks: readonly WireTask[],
  service: WireService,
  healthOf: (task: WireTask) => TaskHealth = () => "unseen",
): TaskView[] {
  const shown: TaskView[] = [];
  for (const attempts of Map.groupBy(tasks, (task) => placeOf(task, service)).values()) {
    const failed = attempts.filter((task) => ["failed", "rejected"].includes(stateOf(task)));
    const firstFailure = failed.map((task) => timeOf(task.Status?.Timestamp)).filter((time) => time > 0);
    for (const task of shownAttempts(attempts, service)) {
      const view = mapTask(task, {
        slot: slotOf(task, service),
        health: isOver(stateOf(task)) ? "none" : healthOf(task),
        upToDate: isUpToDate(task, service),
        failures: failed.length,
        failuresSince: firstFailure.length > 0 ? Math.min(...firstFailure) : null,
      });
      if (view) shown.push(view);
    }
  }
  return shown;
}

function shownAttempts(attempts: readonly WireTask[], service: WireService): readonly WireTask[] {
  const live = attempts.filter((task) => !isOver(stateOf(task)));
  const ended = attempts
    .filter((task) => isOver(stateOf(task)) && isWorthShowing(task, service))
    .sort((a, b) => timeOf(b.CreatedAt) - timeOf(a.CreatedAt))[0];
  if (!ended || live.some((task) => stateOf(task) === "running")) return live;
  // Swarm replaces what ends at once; a node with nothing new is one this global service no longer runs on.
  const abandoned =
    live.length === 0 && modeOf(service.Spec?.Mode) === "global" && wouldRestart(ended, service);
  return abandoned ? live : [...live, ended];
}

/** An end that tells something: not one that swarm itself ordered, and of a job only in its last iteration. */
function isWorthShowing(task: WireTask, service: WireService): boolean {
  const state = stateOf(task);
  if (state === "shutdown" || state === "remove" || task.DesiredState === "remove") return false;
  return !isJob(service) || iterationOf(task.JobIteration) === iterationOf(service.JobStatus?.JobIteration);
}

function wouldRestart(task: WireTask, service: WireService): boolean {
  const policy = service.Spec?.TaskTemplate?.RestartPolicy;
  if (amountOf(policy?.MaxAttempts) > 0 || policy?.Condition === "none") return false;
  return policy?.Condition !== "on-failure" || stateOf(task) !== "complete";
}

function isJob(service: WireService): boolean {
  return modeOf(service.Spec?.Mode).endsWith("job");
}

/** The engine leaves an index of 0 out. */
function iterationOf(iteration: { readonly Index?: number } | null | undefined): number {
  return amountOf(iteration?.Index);
}

/** True when the task runs what the service now specifies. */
export function isUpToDate(task: WireTask, service: WireService): boolean {
  if (isJob(service)) {
    return iterationOf(task.JobIteration) === iterationOf(service.JobStatus?.JobIteration);
  }
  return sameTemplate(task.Spec, service.Spec?.TaskTemplate);
}
