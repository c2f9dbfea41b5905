import type {
  OperationChange,
  OperationFailure,
  OperationKind,
  OperationState,
} from "#lib/shared/api/history.ts";
import { type Phrase, phrase } from "#lib/shared/i18n/phrase.ts";
import { errorInWords, exitInWords } from "#lib/shared/model/docker-words.ts";
import { serviceHealth } from "#lib/shared/model/service-health.ts";
import { slotRuns, slotsOf } from "#lib/shared/model/slots.ts";
import type { ClusterModel, ServiceView, TaskView, UpdateView } from "#lib/shared/model/types.ts";

/** What an operation is judged by, beside the picture. Kept with the operation. */
export interface OperationFacts extends OperationChange {
  /** The version of the service that the change was sent with. */
  readonly sentVersion: number;
  /** When the update status began that the service had before the change: an old one may linger. */
  readonly priorUpdate: number | null;
  /** The engine's own rollback: "rollback completed" is what was wanted. */
  readonly engineRollback: boolean;
  readonly acceptedAt: number | null;
  /** The newest task that broke. */
  readonly failure: OperationFailure | null;
  readonly done: number;
  readonly total: number;
}

export interface JudgeInput {
  readonly kind: OperationKind;
  readonly facts: OperationFacts;
  readonly service: ServiceView;
  /** All tasks of the service that the picture has. */
  readonly tasks: readonly TaskView[];
  readonly nodes: ClusterModel["nodes"];
  readonly now: number;
}

export interface Judgement {
  readonly state: OperationState;
  readonly words: Phrase;
  readonly done: number;
  readonly total: number;
}

/**
 * An update status comes about 50 ms after the change. Where a change replaces tasks, but swarm finds none to
 * replace, none ever comes: after this long nobody waits for it any more, ms.
 */
const statusWaitMs = 4_000;
/** A task that broke and runs again is believed after this long, ms. */
const steadyMs = 15_000;

/** How an operation stands. Pure: the picture must already show the change. */
export function judgeOperation(input: JudgeInput): Judgement {
  const { facts, service, tasks, nodes, now } = input;
  const update = freshUpdate(service, facts);
  const count = counts(input);
  const { done, total } = count;
  const answer = (state: OperationState, words: Phrase): Judgement => ({ state, words, done, total });

  const ended = update && judgeUpdate(update, input, count);
  if (ended) return answer(ended.state, ended.words);
  const health = serviceHealth(service, tasks, nodes, now);
  const stuck = (cause: Phrase) => answer("stuck", phrase("history.words.stuck", { cause, done, total }));
  // A slot also remembers attempts of before this change: they decide nothing once everything runs.
  if (!count.settled && (health.kind === "failing" || health.kind === "waiting")) {
    return stuck(health.cause ?? phrase("services.why.unsaid"));
  }
  if (count.settled && isShaky(input)) return stuck(failureInWords(facts.failure));
  if (update?.state === "updating") return answer("running", progress(facts, count));
  const early = now - (facts.acceptedAt ?? now) < statusWaitMs;
  const isJob = service.mode === "replicated-job" || service.mode === "global-job";
  if (facts.replacesTasks && update === null && early)
    return answer("running", phrase("history.words.beginning"));
  if (isJob) {
    const words = phrase("history.words.jobDone");
    return health.kind === "job_done"
      ? answer("completed", words)
      : answer("running", progress(facts, count));
  }
  if (!count.settled) return answer("running", progress(facts, count));
  return answer("completed", completed(input, count));
}

/** Does what broke during this operation run again, but not for long enough to believe it? */
function isShaky({ facts: { failure }, tasks, now }: JudgeInput): boolean {
  if (failure === null) return false;
  const same = tasks.filter(
    (task) => task.slot === failure.slot && (task.slot !== null || task.nodeId === failure.nodeId),
  );
  return same.some((task) => task.state === "running" && now - task.since < steadyMs);
}

function freshUpdate({ update }: ServiceView, { priorUpdate }: OperationFacts): UpdateView | null {
  return update !== null && (update.startedAt === null || update.startedAt !== priorUpdate) ? update : null;
}

type Counts = Pick<Judgement, "done" | "total"> & { readonly settled: boolean };

/** Ends that the engine itself declares. Null: go on looking. */
function judgeUpdate(
  update: UpdateView,
  input: JudgeInput,
  count: Counts,
): Pick<Judgement, "state" | "words"> | null {
  const { facts } = input;
  const why = failureInWords(facts.failure);
  switch (update.state) {
    case "paused":
      return {
        state: "paused",
        words: phrase("history.words.paused", { why, done: count.done, total: count.total }),
      };
    case "rollback_paused":
      return { state: "paused", words: phrase("history.words.rollbackPaused", { why }) };
    case "rollback_started":
      return {
        state: "running",
        words: facts.engineRollback ? progress(facts, count) : phrase("history.words.rollingBack", { why }),
      };
    case "rollback_completed":
      if (facts.engineRollback)
        return count.settled ? { state: "completed", words: completed(input, count) } : null;
      return {
        state: "rolled_back",
        words:
          facts.fromImage === facts.toImage || facts.fromImage === null
            ? phrase("history.words.rolledBackPlain", { why })
            : phrase("history.words.rolledBack", { why, version: facts.fromImage }),
      };
    default:
      return null;
  }
}

/** Why a task broke. */
function failureInWords(failure: OperationFailure | null): Phrase {
  if (failure === null) return phrase("services.why.unsaid");
  if (failure.error !== null && failure.error !== "") return errorInWords(failure.error);
  return failure.exitCode === null ? phrase("services.why.unhealthy") : exitInWords(failure.exitCode);
}

/** Places that run what is wanted, all places, and whether nothing is left to do. */
function counts({ facts, service, tasks, nodes }: JudgeInput): Counts {
  const slots = slotsOf(tasks, nodes).filter((slot) => slot.live.length > 0 || slot.ended !== null);
  const total = service.mode === "replicated" ? (service.replicas ?? 0) : service.desiredTasks;
  const live = slots.filter((slot) => slot.live.length > 0);
  const good = live.filter(
    (slot) => slotRuns(slot) && slot.live.every(({ task }) => task.upToDate && task.health !== "starting"),
  );
  const leaving = tasks.some((task) => {
    const alive = [
      "new",
      "allocated",
      "pending",
      "assigned",
      "accepted",
      "preparing",
      "ready",
      "starting",
      "running",
    ];
    const wantedGone = task.desired === "shutdown" || task.desired === "remove";
    return (
      wantedGone &&
      alive.includes(task.state) &&
      task.nodeId !== null &&
      nodes[task.nodeId]?.state === "ready"
    );
  });
  const done = Math.min(facts.replacesTasks ? good.length : live.filter(slotRuns).length, total);
  return { done, total, settled: good.length >= total && live.length <= total && !leaving };
}

function progress(facts: OperationFacts, { done, total }: Counts): Phrase {
  return phrase(facts.replacesTasks ? "history.words.replaced" : "history.words.running", { done, n: total });
}

function completed({ facts, kind }: JudgeInput, { total }: Counts): Phrase {
  if (total === 0) return phrase("history.words.doneNone");
  if (facts.replacesTasks) return phrase("history.words.doneReplaced", { n: total });
  const scaled = facts.fromReplicas !== facts.toReplicas || kind === "create";
  return phrase(scaled ? "history.words.doneScaled" : "history.words.doneQuiet", { n: total });
}
