import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { join } from "node:path";

const ROOT = "/tmp";
const PREFIX = "shoal-lab-";
const OWNER_FILE = "owner.json";

/** A place for one lab: its directory, its /24 (first three numbers) and its bridge. */
export interface LabSlot {
  readonly dir: string;
  readonly net: string;
  readonly bridge: string;
}

interface Owner {
  readonly pid: number;
  /** Start time of the process in clock ticks since boot: tells a pid that was used again. */
  readonly started: string;
  readonly name: string;
}

/**
 * Claims a free slot for this process. The claim is the rename of a complete directory onto its final name, which
 * fails when another process was first, so labs may start side by side.
 */
export function claimSlot(name: string): LabSlot {
  const draft = join(ROOT, `.${PREFIX}${process.pid}-${performance.now()}`);
  mkdirSync(draft);
  const owner: Owner = { pid: process.pid, started: startTime(process.pid) ?? "", name };
  writeFileSync(join(draft, OWNER_FILE), JSON.stringify(owner));
  const taken = usedNets();
  for (let number = 1; number < 100; number += 1) {
    const slot = slotOf(number);
    if (taken.has(slot.net) || existsSync(slot.dir)) continue;
    try {
      renameSync(draft, slot.dir);
      return slot;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOTEMPTY") throw error;
    }
  }
  rmSync(draft, { recursive: true });
  throw new Error(
    `No free network for a lab: all of 10.99.1 to 10.99.99 are taken. Look at ${ROOT}/${PREFIX}*.`,
  );
}

/** Slots of earlier runs whose process is gone without having removed its lab. */
export function abandonedSlots(): LabSlot[] {
  return readdirSync(ROOT)
    .filter((entry) => entry.startsWith(PREFIX))
    .map((entry) => Number(entry.slice(PREFIX.length)))
    .filter((number) => Number.isInteger(number))
    .map(slotOf)
    .filter(({ dir }) => !isOwned(dir));
}

function slotOf(number: number): LabSlot {
  return { dir: join(ROOT, PREFIX + number), net: `10.99.${number}`, bridge: `shlab${number}` };
}

/** The name of the lab that a slot's directory was claimed for; null: it is free. */
export function ownerName(dir: string): string | null {
  try {
    return (JSON.parse(readFileSync(join(dir, OWNER_FILE), "utf8")) as Owner).name;
  } catch {
    return null;
  }
}

function isOwned(dir: string): boolean {
  try {
    const owner = JSON.parse(readFileSync(join(dir, OWNER_FILE), "utf8")) as Owner;
    return startTime(owner.pid) === owner.started;
  } catch {
    return false;
  }
}

/** Field 22 of /proc/PID/stat, counted after the command name, which may hold spaces and brackets. */
function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}

function usedNets(): Set<string> {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return new Set(addresses.map(({ address }) => address.split(".").slice(0, 3).join(".")));
}
