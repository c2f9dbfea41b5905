import { durationPhrase } from "../format.ts";
import { phrase } from "../i18n/phrase.ts";
import { failing, unhealthy, unknown, updatePaused, waiting } from "./service-trouble.ts";
import { type Facts, type ServiceHealth, type Verdict, verdict } from "./service-verdict.ts";
import { slotRuns, slotsOf } from "./slots.ts";
import type { NodeView, ServiceView, TaskView } from "./types.ts";

/** A rollback is news for this long; then the service is simply on its older version. */
const rollbackNewsMs = 24 * 3_600_000;

function updating({ service, slots, replaced, desired }: Facts): Verdict | null {
  const state = service.update?.state;
  const rollingBack = state === "rollback_started";
  const oldTasks = slots.some((slot) => slot.live.some(({ task }) => !task.upToDate));
  // Right after the change the engine has no update status yet, but its tasks are already of an older version.
  const justBegun = service.update === null && oldTasks;
  if (state !== "updating" && !rollingBack && !justBegun) return null;
  const progress = { done: Math.min(replaced, desired), total: desired };
  const word = phrase(rollingBack ? "services.health.rollingBack" : "services.health.updating");
  return {
    kind: "updating",
    tone: "move",
    word,
    cause: phrase("services.cause.replaced", progress),
    progress,
  };
}

function startingUp({ slots, running, desired }: Facts): Verdict | null {
  const begun = slots.filter((slot) => !slotRuns(slot)).flatMap((slot) => slot.live.slice(0, 1));
  if (begun.length === 0 && running >= desired) return null;
  const pulling = begun.filter(({ task }) => task.state === "preparing").length;
  const checking = begun.filter(({ task }) => task.state === "starting" || task.state === "running").length;
  const word = phrase("services.health.starting");
  if (pulling > 0) {
    return verdict(
      "starting",
      "move",
      word,
      phrase("services.cause.pulling", { n: pulling, total: desired }),
    );
  }
  const n = checking > 0 ? checking : Math.max(begun.length, desired - running);
  const cause = checking > 0 ? "services.cause.beginning" : "services.cause.toStart";
  return verdict("starting", "move", word, phrase(cause, { n, total: desired }));
}

function job(facts: Facts): Verdict | null {
  const { service, slots } = facts;
  if (service.mode !== "replicated-job" && service.mode !== "global-job") return null;
  const total = service.replicas ?? Math.max(service.desiredTasks, slots.length);
  const live = slots.some((slot) => slot.live.length > 0);
  const done = Math.max(
    service.completedTasks,
    slots.filter((slot) => slot.ended?.task.state === "complete").length,
  );
  if (live || done < Math.min(total, 1)) {
    const cause = phrase("services.cause.jobDone", { done, total });
    return verdict("starting", "move", phrase("services.health.jobRunning"), cause);
  }
  const ended = Math.max(0, ...slots.map((slot) => slot.ended?.task.since ?? 0));
  const cause =
    ended === 0 ? null : phrase("services.cause.finished", { time: durationPhrase(facts.now - ended) });
  return verdict("job_done", "idle", phrase("services.health.jobDone"), cause);
}

function off({ service, slots, desired }: Facts): Verdict | null {
  if (service.mode !== "replicated" && service.mode !== "global") return null;
  if (desired > 0 || slots.some((slot) => slot.live.length > 0)) return null;
  const cause = service.mode === "replicated" ? "services.cause.scaledTo0" : "services.cause.noNodeFits";
  return verdict("off", "idle", phrase("services.health.off"), phrase(cause));
}

/** Tasks that ended by themselves and that the restart policy does not bring back. */
function ended({ service, slots, running, desired }: Facts): Verdict | null {
  if (service.restartCondition === "any") return null;
  const n = slots.filter((slot) => slot.live.length === 0 && slot.ended?.task.state === "complete").length;
  if (n === 0 || running + n < desired) return null;
  const cause = phrase("services.cause.notRestarted", { n, total: desired });
  return verdict("job_done", "idle", phrase("services.health.ended"), cause);
}

function rolledBack(facts: Facts): Verdict | null {
  const { update, image } = facts.service;
  if (update?.state !== "rollback_completed") return null;
  const age = update.completedAt === null ? null : facts.now - update.completedAt;
  if (age !== null && age > rollbackNewsMs) return null;
  const version = image.tag ?? image.name;
  const cause =
    age === null
      ? phrase("services.cause.rolledBack", { version })
      : phrase("services.cause.rolledBackAgo", { version, time: durationPhrase(age) });
  return verdict("rolled_back", "warn", phrase("services.health.rolledBack"), cause);
}

function healthy({ slots }: Facts): Verdict {
  const unseen = slots.some((slot) => slot.live.some(({ task }) => task.health === "unseen"));
  if (unseen) return verdict("healthy", "idle", phrase("services.health.running"));
  return verdict("healthy", "ok", phrase("services.health.healthy"));
}

const judges = [
  off,
  updatePaused,
  failing,
  waiting,
  unhealthy,
  unknown,
  job,
  updating,
  ended,
  startingUp,
  rolledBack,
];

function wanted(service: ServiceView): number {
  return service.mode === "replicated" ? (service.replicas ?? 0) : service.desiredTasks;
}

/**
 * How a service is, with the cause in words. `tasks` are the service's tasks of the model, `now` is ms since 1970.
 * Called healthy only when every container is seen by a link to its node; else its tasks are merely "running".
 * `onTime` is called when the answer may be another one later, though nothing has changed.
 */
export function serviceHealth(
  service: ServiceView,
  tasks: readonly TaskView[],
  nodes: Readonly<Record<string, NodeView>>,
  now: number,
  onTime?: () => void,
): ServiceHealth {
  const slots = slotsOf(tasks, nodes);
  const running = slots.filter(slotRuns).length;
  const replaced = slots.filter((slot) => {
    const newest = slot.live[0];
    return newest?.task.upToDate === true && newest.condition.kind === "running";
  }).length;
  const desired = wanted(service);
  const facts: Facts = {
    ...{ service, slots, nodes, running, desired, replaced },
    get now() {
      onTime?.();
      return now;
    },
  };
  let found: Verdict | null = null;
  for (const judge of judges) {
    found = judge(facts);
    if (found) break;
  }
  const given = found ?? healthy(facts);
  return { ...given, running: given.kind === "unknown" && running === 0 ? null : running, desired };
}
