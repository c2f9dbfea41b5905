/**
 * What is charted. `cpu` in CPUs (1 = one of them all the time), `memory` and `disk` in bytes, `rx`, `tx`, `read` and
 * `write` in bytes a second, `load` as Linux counts it (1 minute). The last two are of nodes only. The order is the one
 * of values on the wire.
 */
export const usageMetrics = ["cpu", "memory", "rx", "tx", "read", "write", "load", "disk"] as const;
export type UsageMetric = (typeof usageMetrics)[number];
/** Those that a container has. */
export const containerMetrics = usageMetrics.slice(0, 6);

/** The grids that values lie on: every 10 s for a quarter of an hour, and every second while somebody watches. */
export const coarseStepMs = 10_000;
export const coarseSlots = 90;
export const fineStepMs = 1_000;
export const fineSlots = 120;

/** Place of a moment on a grid; the same everywhere, so that values of several nodes can be added. */
export function slotOf(atMs: number, stepMs: number): number {
  return Math.floor(atMs / stepMs);
}
