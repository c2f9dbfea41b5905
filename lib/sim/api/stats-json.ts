import { containerName } from "../world/containers.ts";
import { isUp, type SimContainer } from "../world/objects.ts";
import type { World } from "../world/world.ts";
import { isYes } from "./refusal.ts";
import type { Answer, Call } from "./route.ts";

/** A wave of a minute or so: counters are its integral, so that they only grow, and look alike whoever asks when. */
const periodMs = 70_000;
const megabyte = 1024 ** 2;

/** Between 0 and 1, the same for a container for ever. */
function temper(id: string, from: number): number {
  return Number.parseInt(id.slice(from, from + 4), 16) / 0xffff;
}

/** What grew until now at a mean rate a second, in waves. */
function grown(rate: number, aliveMs: number, phase: number): number {
  const turn = (2 * Math.PI) / periodMs;
  const wave = (Math.sin(turn * aliveMs + phase) - Math.sin(phase)) / turn;
  return Math.max(0, Math.round((rate * (aliveMs + 0.7 * wave)) / 1_000));
}

const counted = [
  "io_service_bytes",
  "io_serviced",
  "io_queue",
  "io_service_time",
  "io_wait_time",
  "io_merged",
  "io_time",
] as const;

const blkio = (bytes: readonly object[] | null, rest: readonly object[] | null) => ({
  ...Object.fromEntries(
    counted.map((name) => [`${name}_recursive`, name === "io_service_bytes" ? bytes : rest]),
  ),
  sectors_recursive: rest,
});

const throttling = { periods: 0, throttled_periods: 0, throttled_time: 0 };
const noCpu = {
  cpu_usage: { total_usage: 0, usage_in_kernelmode: 0, usage_in_usermode: 0 },
  throttling_data: throttling,
};
const never = "0001-01-01T00:00:00Z";

/** The kernel's words for memory that matter to nobody here. */
const otherMemory = Object.fromEntries(
  ["active_anon", "active_file", "cache", "dirty", "hierarchical_memory_limit", "hierarchical_memsw_limit", "inactive_anon", "inactive_file",
   "mapped_file", "pgfault", "pgmajfault", "pgpgin", "pgpgout", "rss", "rss_huge", "unevictable", "writeback"].flatMap((name) =>
    name.startsWith("hierarchical") ? [[name, 0]] : [[name, 0], [`total_${name}`, 0]]),
); // biome-ignore format: a list

/** Counters of a container since its start. `before`: an earlier moment to compare with, as the streams have. */
function statsJson(
  world: World,
  container: SimContainer,
  now: number,
  before: number | null,
  isNamed = true,
): object {
  const { id, task, startedAt } = container;
  const names = { name: `/${containerName(container)}`, id };
  if (!isUp(container)) {
    return {
      read: never, preread: never, pids_stats: {}, blkio_stats: blkio(null, null), num_procs: 0, storage_stats: {},
      cpu_stats: noCpu, precpu_stats: noCpu, memory_stats: {}, ...names,
    }; // biome-ignore format: facts
  }
  const alive = now - startedAt;
  const phase = temper(id, 8) * 2 * Math.PI;
  const reserved = task?.template.Resources?.Reservations;
  const cpus = (reserved?.NanoCPUs ?? 0) > 0 ? (reserved?.NanoCPUs ?? 0) / 1e9 : 0.1;
  const memory = (reserved?.MemoryBytes ?? 0) > 0 ? (reserved?.MemoryBytes ?? 0) : 96 * megabyte;
  const traffic = 40_000 * temper(id, 12) ** 2;
  const io = (op: string, rate: number) => ({ major: 8, minor: 0, op, value: grown(rate, alive, phase) });
  const cores = Math.max(1, Math.round((world.nodes.get(container.nodeId)?.nanoCpus ?? 1e9) / 1e9));
  const cpuAt = (time: number) => {
    const used = container.paused ? 0 : grown(cpus * temper(id, 0) ** 2 * 1e9, time - startedAt, phase);
    return {
      cpu_usage: {
        total_usage: used,
        percpu_usage: Array.from({ length: cores }, () => Math.floor(used / cores)),
        usage_in_kernelmode: Math.floor(used / 5),
        usage_in_usermode: Math.floor(used / 2),
      },
      system_cpu_usage: Math.floor(time) * 1e6 * cores,
      online_cpus: cores,
      throttling_data: throttling,
    };
  };
  const usage = Math.round(
    memory * (0.4 + 0.5 * temper(id, 4) + 0.03 * Math.sin((now / periodMs) * 2 + phase)),
  );
  const limit = task?.template.Resources?.Limits?.MemoryBytes ?? container.body?.HostConfig?.Memory ?? 0;
  const wires = { rx_packets: 0, rx_errors: 0, rx_dropped: 0, tx_packets: 0, tx_errors: 0, tx_dropped: 0 };
  return {
    read: new Date(now).toISOString(),
    preread: before === null ? never : new Date(before).toISOString(),
    pids_stats: { current: 3 },
    blkio_stats: blkio(alive < 5_000 ? [] : [io("Read", traffic / 20), io("Write", traffic / 5)], []),
    num_procs: 0,
    storage_stats: {},
    cpu_stats: cpuAt(now),
    precpu_stats: before === null ? noCpu : cpuAt(before),
    memory_stats: {
      usage,
      max_usage: usage,
      stats: otherMemory,
      limit: limit > 0 ? limit : (world.nodes.get(container.nodeId)?.memoryBytes ?? 0),
    },
    ...(isNamed && names),
    networks: {
      eth0: { rx_bytes: grown(traffic, alive, phase), tx_bytes: grown(traffic * 2, alive, phase), ...wires },
    },
  };
}

/** /containers/{id}/stats: once, once with an earlier moment to compare, or each second. */
export function sendStats({ world, query, response, profile }: Call, container: SimContainer): Answer {
  if (!isYes(query.get("stream") ?? "1")) {
    const isOnce = isYes(query.get("one-shot"));
    const before = isOnce ? null : world.now - 1_000;
    return { json: statsJson(world, container, world.now, before, !(isOnce && profile.speaksAs26)) };
  }
  response.writeHead(200);
  let before = world.now - 1_000;
  const again = () => {
    if (response.closed || response.destroyed) return;
    if (!response.writableNeedDrain)
      response.write(`${JSON.stringify(statsJson(world, container, world.now, before))}\n`);
    before = world.now;
    world.timeline.after(1_000, again);
  };
  again();
  return "open";
}
