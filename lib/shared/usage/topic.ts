import { z } from "zod";
import type { UsageMetric } from "./metrics.ts";

const one = z.string().min(1).max(255);

/**
 * What somebody looks at. One thing comes with all metrics, its parts, and a value every second. `map` is the newest
 * use of every node and task; `nodes`, `services`, `stacks` and `containers` are the last quarter of an hour of each,
 * for tables: CPU and memory every 10 s.
 */
export const usageScope = z.discriminatedUnion("kind", [
  z.object({ kind: z.enum(["node", "service", "stack", "task", "container"]), id: one }),
  z.object({
    kind: z.literal("map"),
    /** Tasks too, not only nodes. */
    tasks: z.boolean(),
  }),
  z.object({ kind: z.enum(["nodes", "services", "stacks", "containers"]) }),
]);
export type UsageScope = z.infer<typeof usageScope>;

/** Asks for the use of something from now on. Needs permission usage.read. */
export const usageSubscribe = z.object({
  type: z.literal("subscribe"),
  sub: z.number().int().min(1).max(1e9),
  topic: z.literal("usage"),
  cluster: z.string().min(1).max(64),
  scope: usageScope,
});

/** A node that part of the numbers would come from, and does not tell any now. */
export interface SilentNode {
  readonly id: string;
  readonly name: string;
  readonly why: string;
}

/** What does not change from sample to sample, or is too little to be charted. Null: only its own agent can tell. */
export interface NodeUsageFacts {
  readonly cpus: number | null;
  readonly memoryBytes: number | null;
  readonly diskBytes: number | null;
  readonly load: readonly [one: number, five: number, fifteen: number] | null;
  readonly uptimeSeconds: number | null;
  /** Whether CPU and memory are the node's own, or no more than the sum of its containers. */
  readonly from: "node" | "containers";
}

/** Values at consecutive places of a grid, oldest first; null is a gap. */
export type UsageValues = readonly (number | null)[];

/**
 * Values of a scope. `series`: by id (the scope's own, then its tasks or containers; for lists one of each), then in
 * the order of `metrics`. The last value of each lies at `slot` of the grid with `stepMs`.
 */
export interface UsageBatch {
  readonly stepMs: number;
  readonly slot: number;
  readonly metrics: readonly UsageMetric[];
  readonly series: Readonly<Record<string, readonly UsageValues[]>>;
  /** Names of series that are neither tasks nor nodes nor services of the picture. */
  readonly names?: Readonly<Record<string, string>>;
  /** Forget what was told before: this is all. */
  readonly whole?: true;
  readonly silent?: readonly SilentNode[];
  readonly node?: NodeUsageFacts;
}

export interface UsageFrame {
  readonly type: "usage";
  readonly sub: number;
  readonly batch: UsageBatch;
}
