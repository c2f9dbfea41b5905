import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { command } from "./command.ts";
import { type LabSlot, ownerName } from "./slot.ts";

/**
 * Everything on this machine that still belongs to the lab `name` of a slot: empty after `down`. Each entry names one
 * thing. A slot that another lab has claimed since was free, and what is there now is that one's.
 */
export async function findResidue({ dir, bridge }: LabSlot, name: string): Promise<string[]> {
  const [namespaces, links, cgroups, mounts, processes] = await Promise.all([
    command("ip", ["netns", "list"]),
    command("ip", ["-brief", "link"]),
    command("find", ["/sys/fs/cgroup", "-type", "d", "-name", `lab-${bridge}-*`]),
    readFile("/proc/self/mounts", "utf8"),
    commandLines(),
  ]);
  if (![null, name].includes(ownerName(dir))) return [];
  return [
    ...matching("netns", namespaces.split("\n"), `lab-${bridge}-`),
    ...matching("link", links.split("\n"), bridge, (line, word) => new RegExp(`^${word}[ @-]`).test(line)),
    ...matching("cgroup", cgroups.split("\n"), bridge),
    ...matching("mount", mounts.split("\n"), `${dir}/`),
    ...matching("process", processes, `${dir}/`),
    ...(existsSync(dir) ? [`directory ${dir}`] : []),
  ];
}

function matching(
  kind: string,
  lines: readonly string[],
  word: string,
  matches = (line: string, wanted: string) => line.includes(wanted),
): string[] {
  return lines.filter((line) => matches(line, word)).map((line) => `${kind} ${line}`);
}

async function commandLines(): Promise<string[]> {
  const pids = (await readdir("/proc")).filter((entry) => /^\d+$/.test(entry));
  // A process may end between the two reads.
  return Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")));
}
