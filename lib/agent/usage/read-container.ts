import { readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import type { ContainerCounters } from "#lib/shared/usage/counters.ts";
import type { ContainerGroups } from "./cgroup-finder.ts";

const numberOf = (text: string | undefined): number | null => {
  const value = Number(text?.trim() || Number.NaN);
  return Number.isFinite(value) ? value : null;
};

/** The text, or null where there is no such file. */
function read(...path: string[]): string | null {
  try {
    return readFileSync(join(...path), "utf8");
  } catch {
    return null;
  }
}

/** The number behind `name ` in a file of `name value` lines. */
function named(text: string | null, name: string): number | null {
  return numberOf(new RegExp(`^${name} (\\d+)$`, "m").exec(text ?? "")?.[1]);
}

/** CPU time, memory and disk traffic of a control group; null when it is gone. */
export function readGroups(
  groups: ContainerGroups,
): Pick<ContainerCounters, "cpuNanos" | "memoryBytes" | "readBytes" | "writeBytes"> | null {
  return groups.version === 2 ? readVersion2(groups) : readVersion1(groups);
}

function readVersion2({ cpu }: ContainerGroups) {
  const micros = named(read(cpu, "cpu.stat"), "usage_usec");
  if (micros === null) return null;
  const io = read(cpu, "io.stat");
  return {
    cpuNanos: micros * 1_000,
    memoryBytes: withoutCache(
      numberOf(read(cpu, "memory.current") ?? undefined),
      named(read(cpu, "memory.stat"), "inactive_file"),
    ),
    readBytes: io === null ? null : sumOf(io, /\brbytes=(\d+)/g),
    writeBytes: io === null ? null : sumOf(io, /\bwbytes=(\d+)/g),
  };
}

function readVersion1({ cpu, memory, io: folder }: ContainerGroups) {
  const nanos = numberOf(read(cpu, "cpuacct.usage") ?? undefined);
  if (nanos === null) return null;
  const io =
    read(folder, "blkio.throttle.io_service_bytes_recursive") ??
    read(folder, "blkio.throttle.io_service_bytes");
  return {
    cpuNanos: nanos,
    memoryBytes: withoutCache(
      numberOf(read(memory, "memory.usage_in_bytes") ?? undefined),
      named(read(memory, "memory.stat"), "total_inactive_file"),
    ),
    readBytes: io === null ? null : sumOf(io, /^\d+:\d+ Read (\d+)$/gm),
    writeBytes: io === null ? null : sumOf(io, /^\d+:\d+ Write (\d+)$/gm),
  };
}

function withoutCache(bytes: number | null, inactive: number | null): number | null {
  return bytes === null ? null : Math.max(0, bytes - (inactive ?? 0));
}

function sumOf(text: string, each: RegExp): number {
  return [...text.matchAll(each)].reduce((sum, [, digits]) => sum + Number(digits), 0);
}

/** Traffic of the network that a process is in, without the loopback; null when it is the node's own. */
export function readNetwork(proc: string, pid: number): { rxBytes: number | null; txBytes: number | null } {
  const text = sharesNetwork(proc, pid) ? null : read(proc, String(pid), "net", "dev");
  if (text === null) return { rxBytes: null, txBytes: null };
  let [rxBytes, txBytes] = [0, 0];
  for (const line of text.split("\n")) {
    const [, name, values] = /^\s*([^:\s]+):\s*(.*)$/.exec(line) ?? [];
    if (name === undefined || name === "lo") continue;
    const columns = values?.trim().split(/\s+/).map(Number) ?? [];
    rxBytes += columns[0] ?? 0;
    txBytes += columns[8] ?? 0;
  }
  return { rxBytes, txBytes };
}

function sharesNetwork(proc: string, pid: number): boolean {
  try {
    const of = (process: string) => readlinkSync(join(proc, process, "ns", "net"));
    return of(String(pid)) === of("1");
  } catch {
    // Not allowed to see it: a container on the node's network then shows the node's traffic.
    return false;
  }
}
