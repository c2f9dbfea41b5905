import { durationPhrase } from "../format.ts";
import { type Phrase, phrase } from "../i18n/phrase.ts";
import { indexModel } from "./index-model.ts";
import { isLive, taskCondition } from "./task-state.ts";
import type { ClusterModel, ServiceView, TaskView } from "./types.ts";

/** What swarm does next about a task. */
export interface TaskNext {
  readonly words: Phrase;
  /** The task that takes its place. */
  readonly successorId: string | null;
  /** While a restart delay runs: when it began and ends, ms since 1970. */
  readonly waiting: { readonly from: number; readonly until: number } | null;
}

/** The task that takes the place of this one: the newest later one of its slot, or of its node when global. */
export function successorOf(model: Pick<ClusterModel, "tasks">, task: TaskView): TaskView | null {
  const hasSlot = task.slot !== null && task.slot !== 0;
  const later = (indexModel(model).tasksByService.get(task.serviceId) ?? []).filter(
    (each) =>
      each.id !== task.id &&
      each.createdAt >= task.createdAt &&
      (hasSlot ? each.slot === task.slot : each.nodeId === task.nodeId),
  );
  return later.reduce<TaskView | null>(
    (newest, each) => (newest === null || each.createdAt > newest.createdAt ? each : newest),
    null,
  );
}

function next(words: Phrase, successorId: string | null = null): TaskNext {
  return { words, successorId, waiting: null };
}

/** The place is taken again, or will be. Swarm makes the new task at once and starts it after the delay. */
function afterSuccessor(
  model: ClusterModel,
  service: ServiceView,
  successor: TaskView,
  now: number,
): TaskNext {
  const node = successor.nodeId === null ? undefined : model.nodes[successor.nodeId];
  if (successor.state === "running" && node) {
    return next(phrase("tasks.next.replacedOn", { node: node.name }), successor.id);
  }
  const until = successor.createdAt + service.restartDelayMs;
  if (successor.desired === "ready" && until > now) {
    // Seconds are counted up to the next whole one: "in 0 s" helps nobody.
    const words = phrase("tasks.next.soon", { time: durationPhrase(until - now + 999) });
    return { words, successorId: successor.id, waiting: { from: successor.createdAt, until } };
  }
  const words = node ? phrase("tasks.next.startingOn", { node: node.name }) : phrase("tasks.next.starting");
  return next(words, successor.id);
}

/** Nothing has taken the place of a task that ended: will something? */
function afterEnd(service: ServiceView, task: TaskView): TaskNext {
  const { restartCondition, restartMaxAttempts, restartDelayMs } = service;
  if (task.state === "shutdown" || task.state === "remove") return next(phrase("tasks.next.notWanted"));
  if (task.state === "complete" && service.mode.endsWith("job")) return next(phrase("tasks.next.done"));
  if (restartCondition === "none") return next(phrase("tasks.next.never"));
  if (restartCondition === "on-failure" && task.state === "complete") {
    return next(phrase("tasks.next.endedWell"));
  }
  if (restartMaxAttempts > 0 && task.failures > restartMaxAttempts) {
    return next(phrase("tasks.next.givenUp", { n: task.failures }));
  }
  return next(phrase("tasks.next.soon", { time: durationPhrase(restartDelayMs) }));
}

/** What swarm does next about this task; null when nothing is to be expected. `now` in ms since 1970. */
export function taskNext(model: ClusterModel, task: TaskView, now: number): TaskNext | null {
  const service = model.services[task.serviceId];
  const node = task.nodeId === null ? undefined : model.nodes[task.nodeId];
  const { kind } = taskCondition(task, node);
  if (kind === "pending") return next(phrase("tasks.next.placing"));
  if (kind === "running" || kind === "starting" || kind === "unknown") return null;
  const successor = successorOf(model, task);
  if (service && successor && (isLive(successor) || !isLive(task))) {
    return afterSuccessor(model, service, successor, now);
  }
  if (!service || kind === "stopping") return next(phrase("tasks.next.notWanted"));
  if (kind === "unhealthy") return next(phrase("tasks.next.unhealthy"));
  if (isLive(task)) return next(phrase("tasks.next.elsewhere"));
  return afterEnd(service, task);
}

/** The restart policy in words. */
export function restartPolicy(service: ServiceView): Phrase {
  const { restartCondition: condition, restartMaxAttempts: n, restartDelayMs } = service;
  if (condition === "none") return phrase("tasks.restart.never");
  const delay = durationPhrase(restartDelayMs);
  return n > 0
    ? phrase(`tasks.restart.${condition}AtMost`, { delay, n })
    : phrase(`tasks.restart.${condition}`, { delay });
}
