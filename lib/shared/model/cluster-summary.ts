import { type Phrase, phrase } from "../i18n/phrase.ts";
import { sameValue } from "../same-value.ts";
import { indexModel } from "./index-model.ts";
import { nodeCondition } from "./node-state.ts";
import { serviceHealth } from "./service-health.ts";
import type { ServiceHealth } from "./service-verdict.ts";
import type { ClusterModel, NodeView, ServiceView, TaskView } from "./types.ts";

const none: readonly TaskView[] = [];
const judged = new WeakMap<ServiceView, HealthOf>();

interface HealthOf {
  readonly tasks: readonly TaskView[];
  readonly nodes: ClusterModel["nodes"];
  /** When it was judged, ms since 1970; null: time has no part in it. */
  readonly now: number | null;
  readonly health: ServiceHealth;
}

/** Health of every service by id. Judged anew only where something of it is another than the last time. */
export function healthOfAll(model: ClusterModel, now: number): ReadonlyMap<string, ServiceHealth> {
  const { tasksByService } = indexModel(model);
  return new Map(
    Object.values(model.services).map((service) => {
      const tasks = tasksByService.get(service.id) ?? none;
      const known = judged.get(service);
      if (known && known.tasks === tasks && known.nodes === model.nodes && (known.now ?? now) === now)
        return [service.id, known.health];
      let isTimed = false;
      const fresh = serviceHealth(service, tasks, model.nodes, now, () => {
        isTimed = true;
      });
      // Time passes and little changes: who keeps something by this object keeps it.
      const health = known && sameValue(known.health, fresh) ? known.health : fresh;
      judged.set(service, { tasks, nodes: model.nodes, now: isTimed ? now : null, health });
      return [service.id, health];
    }),
  );
}

/**
 * The nodes with those that have only just fallen silent taken for what they were: after an election every node is
 * silent for some seconds, and nothing has stopped. The same object when there are none.
 */
function presumedNodes(model: ClusterModel, now: number): Readonly<Record<string, NodeView>> {
  const silent = Object.values(model.nodes).filter((node) => nodeCondition(node, now).kind === "stale");
  if (silent.length === 0) return model.nodes;
  return {
    ...model.nodes,
    ...Object.fromEntries(silent.map((node) => [node.id, { ...node, state: "ready" }])),
  };
}

/**
 * "33 of 38 tasks are running.", the one sentence about a cluster. Jobs that are done count as nothing to do.
 * `healths` are those of `healthOfAll` for the same model and `now` (ms since 1970).
 */
export function clusterSentence(
  model: ClusterModel,
  healths: ReadonlyMap<string, ServiceHealth>,
  now: number,
): Phrase {
  const nodes = presumedNodes(model, now);
  const presumed = nodes === model.nodes ? healths : healthOfAll({ ...model, nodes }, now);
  const counted = [...presumed.values()].filter((health) => health.kind !== "job_done");
  const total = counted.reduce((sum, health) => sum + health.desired, 0);
  const running = counted.reduce((sum, health) => sum + Math.min(health.running ?? 0, health.desired), 0);
  if (total === 0) return phrase("services.summary.none");
  if (running === total) return phrase("services.summary.all", { n: total });
  return phrase("services.summary.some", { running, n: total });
}
