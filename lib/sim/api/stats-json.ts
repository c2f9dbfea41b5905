import type { SimTask } from "../world/objects.ts";

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

/** The answer of /containers/{id}/stats with one-shot: counters since the start. */
export function statsJson({ container, template }: SimTask, now: number): object {
  if (container === null || container.finishedAt !== null) return { read: "0001-01-01T00:00:00Z" };
  const { id } = container;
  const alive = now - container.startedAt;
  const phase = temper(id, 8) * 2 * Math.PI;
  const reserved = template.Resources?.Reservations;
  const cpus = (reserved?.NanoCPUs ?? 0) > 0 ? (reserved?.NanoCPUs ?? 0) / 1e9 : 0.1;
  const memory = (reserved?.MemoryBytes ?? 0) > 0 ? (reserved?.MemoryBytes ?? 0) : 96 * megabyte;
  const traffic = 40_000 * temper(id, 12) ** 2;
  const io = (op: string, rate: number) => ({ op, value: grown(rate, alive, phase) });
  return {
    read: new Date(now).toISOString(),
    cpu_stats: { cpu_usage: { total_usage: grown(cpus * temper(id, 0) ** 2 * 1e9, alive, phase) } },
    memory_stats: {
      usage: Math.round(memory * (0.4 + 0.5 * temper(id, 4) + 0.03 * Math.sin((now / periodMs) * 2 + phase))),
      stats: { inactive_file: 0 },
    },
    blkio_stats: { io_service_bytes_recursive: [io("read", traffic / 20), io("write", traffic / 5)] },
    networks: {
      eth0: { rx_bytes: grown(traffic, alive, phase), tx_bytes: grown(traffic * 2, alive, phase) },
    },
  };
}
