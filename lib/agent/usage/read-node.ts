import { readFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { join } from "node:path";
import type { NodeCounters } from "#lib/shared/usage/counters.ts";

/** The kernel counts in these, whatever its own clock does. */
const ticksPerSecond = 100;

/** The node's own use; null where its /proc is not one. */
export async function readNode(
  proc: string,
  dataRoot: string | null,
  now: number,
): Promise<NodeCounters | null> {
  try {
    const text = (name: string) => readFileSync(join(proc, name), "utf8");
    const stat = text("stat");
    const memory = memoryOf(text("meminfo"));
    const [one = 0, five = 0, fifteen = 0] = text("loadavg").split(" ", 3).map(Number);
    return {
      at: now,
      cpus: Math.max(1, stat.match(/^cpu\d+ /gm)?.length ?? 1),
      cpuBusyNanos: busyNanos(stat),
      memoryBytes: memory.total,
      memoryUsedBytes: memory.used,
      load: [one, five, fifteen],
      uptimeSeconds: Number.parseFloat(text("uptime")),
      disk: dataRoot === null ? null : await diskOf(dataRoot),
    };
  } catch {
    return null;
  }
}

/** All but idle and waiting for a disk: `cpu user nice system idle iowait irq softirq steal …` */
function busyNanos(stat: string): number {
  const ticks = (/^cpu\s+(.*)$/m.exec(stat)?.[1] ?? "").split(" ").map(Number);
  const busy = [0, 1, 2, 5, 6, 7].reduce((sum, column) => sum + (ticks[column] ?? 0), 0);
  return (busy / ticksPerSecond) * 1e9;
}

function memoryOf(meminfo: string): { total: number; used: number } {
  const of = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(meminfo)?.[1] ?? 0) * 1_024;
  const total = of("MemTotal");
  return { total, used: Math.max(0, total - of("MemAvailable")) };
}

async function diskOf(path: string): Promise<NodeCounters["disk"]> {
  try {
    const { blocks, bfree, bsize } = await statfs(path);
    return { bytes: blocks * bsize, usedBytes: (blocks - bfree) * bsize };
  } catch {
    return null;
  }
}
