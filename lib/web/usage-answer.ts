import type { Cluster } from "#lib/server/runtime-types.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { UsageMetric } from "#lib/shared/usage/metrics.ts";
import type { SilentNode, UsageBatch, UsageScope, UsageValues } from "#lib/shared/usage/topic.ts";
import { byRef } from "./by-ref.ts";

type Named = Readonly<Record<UsageMetric, UsageValues>>;

/** Values of one thing by metric, oldest first; the last is of the time `until`. */
interface UsageAnswer {
  readonly stepMs: number;
  /** ms since 1970. */
  readonly until: number;
  readonly items: readonly ({ readonly id: string } & Partial<Named>)[];
  /** Nodes that part of it would come from, and that do not answer now. */
  readonly silent: readonly SilentNode[];
}

function answerOf({ stepMs, slot, metrics, series, silent = [] }: UsageBatch): UsageAnswer {
  const items = Object.entries(series).map(([id, values]) => ({
    id,
    ...Object.fromEntries(metrics.map((metric, place) => [metric, values[place] ?? []])),
  }));
  return { stepMs, until: (slot + 1) * stepMs, items, silent };
}

function first(cluster: Cluster, scope: UsageScope): UsageBatch {
  const [batch] = cluster.usage.whole(scope);
  if (!batch) throw new Error(`no usage of ${scope.kind}`);
  return batch;
}

/** The last quarter of an hour of a node or a service, by id or name. The first item is the whole, others its tasks. */
export function usageOfOne(cluster: Cluster, kind: "node" | "service", ref: string): UsageAnswer {
  const model = cluster.model();
  const found = kind === "node" ? byRef(model.nodes, ref) : byRef(model.services, ref);
  if (!found) throw new AppError("not_found", t("usage.error.none", { ref }));
  return answerOf(first(cluster, { kind, id: found.id }));
}

/** The newest CPU and memory of all of a kind; null: not known now. */
export function usageOfAll(cluster: Cluster, of: "nodes" | "services" | "stacks" | "tasks" | "containers") {
  const isNow = of === "tasks" || of === "nodes";
  const batch = first(cluster, isNow ? { kind: "map", tasks: of === "tasks" } : { kind: of });
  const { tasks, nodes } = cluster.model();
  const { items, silent } = answerOf(batch);
  return {
    items: items
      .filter(({ id }) => of !== "tasks" || (nodes[id] === undefined && tasks[id] !== undefined))
      .map(({ id, cpu, memory }) => ({ id, cpu: newest(cpu), memoryBytes: newest(memory) })),
    silent,
  };
}

/** The half minute that has only begun may have no value yet. */
function newest(values: UsageValues = []): number | null {
  return values.slice(-2).findLast((value) => value !== null) ?? null;
}
