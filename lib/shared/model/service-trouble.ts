import { durationPhrase } from "../format.ts";
import { type Phrase, phrase } from "../i18n/phrase.ts";
import { errorInWords, exitInWords } from "./docker-words.ts";
import { type Facts, type Verdict, verdict } from "./service-verdict.ts";
import { type Slot, slotFails, slotRuns } from "./slots.ts";
import type { NodeView, TaskView } from "./types.ts";

/** A task that failed before and runs for less than this is not trusted to stay. */
const settleMs = 60_000;
/** Failures further apart than this are bad luck, not a loop. */
const loopMs = 5 * 60_000;
/** A task without a place for longer than this is waiting, not starting. */
const placingMs = 5_000;

function repeated(why: Phrase, task: TaskView, now: number): Phrase {
  if (task.failures < 2 || task.failuresSince === null) return why;
  const time = durationPhrase(Math.max(1000, now - task.failuresSince));
  return phrase("services.cause.times", { why, n: task.failures, time });
}

/** Why an attempt ended, in words. */
export function whyEnded(task: TaskView): Phrase | null {
  if (task.health === "unhealthy") return phrase("services.why.unhealthy");
  if (task.error !== null && task.error !== "") return errorInWords(task.error);
  if (task.exitCode !== null && task.state !== "shutdown") return exitInWords(task.exitCode);
  return task.state === "complete" ? exitInWords(0) : null;
}

/** The slot that fails worst: most failures, then the latest. */
function worstFailure(slots: readonly Slot[]): TaskView | null {
  const tasks = slots.flatMap((slot) => (slot.ended ? [slot.ended.task] : []));
  const worse = (a: TaskView, b: TaskView) => b.failures - a.failures || b.since - a.since;
  return tasks.sort(worse)[0] ?? null;
}

/** Attempts break, or broke just now and again and again. */
export function failing(facts: Facts): Verdict | null {
  const { service, slots } = facts;
  const broken = slots.filter((slot) => slotFails(slot, service));
  const worst = worstFailure(broken);
  if (worst) {
    const why = whyEnded(worst) ?? phrase("services.why.unsaid");
    return verdict("failing", "bad", phrase("services.health.failing"), repeated(why, worst, facts.now));
  }
  const shaky = slots
    .flatMap((slot) => slot.live.map(({ task }) => task))
    .find(
      (task) =>
        task.state === "running" &&
        task.failures >= 2 &&
        task.failuresSince !== null &&
        facts.now - task.since < settleMs &&
        (facts.now - task.failuresSince) / task.failures < loopMs,
    );
  if (!shaky) return null;
  const again = phrase("services.cause.again", { time: durationPhrase(facts.now - shaky.since) });
  return verdict("failing", "bad", phrase("services.health.failing"), repeated(again, shaky, facts.now));
}

/** The engine paused an update or a rollback, and the old version is not what breaks. */
export function updatePaused({ service, slots, replaced, desired }: Facts): Verdict | null {
  const state = service.update?.state;
  if (state !== "paused" && state !== "rollback_paused") return null;
  const oldVersionFails = slots.some(
    (slot) => slotFails(slot, service) && slot.ended?.task.upToDate === false,
  );
  if (oldVersionFails) return null;
  const taskFailed = /failure or early termination/.test(service.update?.message ?? "");
  const params = { done: replaced, total: desired };
  return verdict(
    "update_paused",
    "warn",
    phrase(state === "paused" ? "services.health.updatePaused" : "services.health.rollbackPaused"),
    phrase(taskFailed ? "services.cause.newTaskFailed" : "services.cause.replaced", params),
  );
}

/** Tasks have no node to run on. */
export function waiting(facts: Facts): Verdict | null {
  const { service, slots, desired } = facts;
  const placeless = slots
    .flatMap((slot) => slot.live.map(({ task }) => task))
    .filter((task) => task.nodeId === null || task.state === "pending")
    .filter((task) => task.error !== null || facts.now - task.createdAt > placingMs);
  const [first] = placeless;
  if (first === undefined) return null;
  const error = placeless.find((task) => task.error !== null)?.error ?? null;
  const why = error === null ? phrase("services.place.notYet") : errorInWords(error, service);
  const cause =
    desired > 1
      ? phrase("services.cause.noPlaceMany", { n: placeless.length, why })
      : phrase("services.cause.noPlace", { why });
  return verdict("waiting", "warn", phrase("services.health.waiting"), cause);
}

/** Health checks fail on running tasks. */
export function unhealthy({ slots, desired }: Facts): Verdict | null {
  const n = slots.filter((slot) => slot.live.some(({ condition }) => condition.kind === "unhealthy")).length;
  if (n === 0) return null;
  const cause =
    desired > 1
      ? phrase("services.cause.unhealthyOf", { n, total: desired })
      : phrase("services.cause.unhealthy");
  return verdict("unhealthy", "warn", phrase("services.health.unhealthy"), cause);
}

/** Tasks are on nodes that do not answer or are lost. */
export function unknown(facts: Facts): Verdict | null {
  const { slots, nodes } = facts;
  const unseen = slots
    .filter((slot) => !slotRuns(slot))
    .flatMap((slot) => slot.live)
    .filter(({ condition }) => condition.kind === "unknown" || condition.kind === "orphaned");
  const [first] = unseen;
  if (first === undefined) return null;
  const node = first.task.nodeId === null ? undefined : nodes[first.task.nodeId];
  return verdict(
    "unknown",
    "warn",
    phrase("services.health.unknown"),
    silence(node, unseen.length, facts.now),
  );
}

function silence(node: NodeView | undefined, n: number, now: number): Phrase {
  if (node === undefined) return phrase("services.cause.noNode");
  if (node.state === "down") return phrase("services.cause.nodeDown", { node: node.name, n });
  if (node.stateSince === null) return phrase("services.cause.noAnswer", { node: node.name });
  const time = durationPhrase(now - node.stateSince);
  return phrase("services.cause.noAnswerFor", { node: node.name, time });
}
