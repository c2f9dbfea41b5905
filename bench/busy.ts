import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "@playwright/test";

/**
 * Share of the time, in percent, in which the page's main thread worked while nobody touched the page. CPU time, so that
 * what else a small machine does (the browser draws, the simulator and the server work) does not count.
 */
export async function busyShare(page: Page, ms: number): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  const worked = async () => {
    const { metrics } = await devtools.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
  };
  const before = await worked();
  const start = performance.now();
  await pause(ms); // what is measured is work per time
  const seconds = (performance.now() - start) / 1_000;
  const after = await worked();
  await devtools.detach();
  return ((after - before) / seconds) * 100;
}

/** Resident memory of a process and, of several readings over some seconds, the middle one. Bytes; Linux. */
export async function residentBytes(pid: number): Promise<number> {
  const readings: number[] = [];
  for (let reading = 0; reading < 5; reading += 1) {
    const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    readings.push(Number(kib) * 1024);
    await pause(1_000);
  }
  return readings.sort((a, b) => a - b)[2] ?? Number.NaN;
}

/** The most memory that a process has ever had, bytes; Linux. */
export function mostResidentBytes(pid: number): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;
}

/** The process that listens on the port of an address, as the system's own table says. Linux. */
export function serverPid(url: string): number {
  const { port } = new URL(url);
  const line = execFileSync("ss", ["-Hltnp", `sport = :${port}`], { encoding: "utf8" });
  const pid = Number(/pid=(\d+)/.exec(line)?.[1]);
  if (!pid) throw new Error(`nobody listens on port ${port}`);
  return pid;
}

/** CPU time a process has used, seconds, from the text of its /proc/PID/stat. */
export function cpuSeconds(stat: string): number {
  // The name in brackets may hold spaces; user and system time are the 12th and 13th field behind it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
