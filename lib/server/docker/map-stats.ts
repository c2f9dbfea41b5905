import type { ContainerCounters } from "#lib/shared/usage/counters.ts";
import { amountOf, listOf, timeOrNull } from "./hostile.ts";
import type { WireStats } from "./wire-stats.ts";

const known = (value: unknown): number | null => (typeof value === "number" ? amountOf(value) : null);

/** One answer of /containers/{id}/stats as counters. Null when the container does not run: it says zeros then. */
export function mapStats(id: string, wire: WireStats): ContainerCounters | null {
  const at = timeOrNull(wire?.read);
  if (at === null) return null;
  const { usage, stats } = wire.memory_stats ?? {};
  const cache = amountOf(stats?.total_inactive_file ?? stats?.inactive_file);
  const io = wire.blkio_stats?.io_service_bytes_recursive;
  const moved = (op: string) =>
    Array.isArray(io)
      ? listOf(io)
          .filter((each) => String(each.op).toLowerCase() === op)
          .reduce((sum, each) => sum + amountOf(each.value), 0)
      : null;
  const networks = wire.networks && typeof wire.networks === "object" ? Object.values(wire.networks) : null;
  const carried = (way: "rx_bytes" | "tx_bytes") =>
    networks?.reduce((sum, each) => sum + amountOf(each?.[way]), 0) ?? null;
  return {
    id,
    at,
    cpuNanos: known(wire.cpu_stats?.cpu_usage?.total_usage),
    memoryBytes: usage === undefined ? null : Math.max(0, amountOf(usage) - cache),
    rxBytes: carried("rx_bytes"),
    txBytes: carried("tx_bytes"),
    readBytes: moved("read"),
    writeBytes: moved("write"),
  };
}
