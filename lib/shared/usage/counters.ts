import { z } from "zod";

/** Larger than any real counter; keeps sums of thousands of them exact enough for a chart. */
const amount = z.number().min(0).max(1e21);
const known = amount.nullable();
/** A moment of the node's clock, ms since 1970. */
const time = z.number().min(0).max(1e14);

/**
 * What one container has used since it began (counters that only grow) and holds now. Null: not known there. `at` is
 * the moment of reading on the node's clock: rates are made from differences of it, so that a wrong clock is harmless.
 */
export const containerCounters = z.object({
  id: z.string().min(12).max(128),
  at: time,
  cpuNanos: known,
  /** Without the page cache that can be given back, as `docker stats` counts it. */
  memoryBytes: known,
  rxBytes: known,
  txBytes: known,
  readBytes: known,
  writeBytes: known,
});
export type ContainerCounters = z.infer<typeof containerCounters>;

/** The node itself, where its own files could be read. */
export const nodeCounters = z.object({
  at: time,
  cpus: z.number().int().min(1).max(65_536),
  /** Time all CPUs together were busy since the start. */
  cpuBusyNanos: amount,
  memoryBytes: amount,
  memoryUsedBytes: amount,
  /** Over 1, 5 and 15 minutes. */
  load: z.tuple([amount, amount, amount]),
  uptimeSeconds: amount,
  /** The file system that Docker's data is on; null when it cannot be seen. */
  disk: z.object({ bytes: amount, usedBytes: amount }).nullable(),
});
export type NodeCounters = z.infer<typeof nodeCounters>;

/** One pass over a node. */
export const usageSample = z.object({
  containers: z.array(containerCounters).max(10_000),
  node: nodeCounters.nullable(),
});
export type UsageSample = z.infer<typeof usageSample>;
