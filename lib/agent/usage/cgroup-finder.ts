import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Folders of one container's control group: with version 2 all three are the same. */
export interface ContainerGroups {
  readonly version: 1 | 2;
  readonly cpu: string;
  readonly memory: string;
  readonly io: string;
}

export interface CgroupFinder {
  /** Null while no control group of this container can be found. */
  find(id: string, pid: number): ContainerGroups | null;
  /** What was found is no longer there. */
  forget(id: string): void;
  /** Forgets all but these. */
  keep(ids: ReadonlySet<string>): void;
}

export interface CgroupFinderOptions {
  /** /proc and /sys/fs/cgroup of the node. */
  readonly proc: string;
  readonly cgroup: string;
  readonly now: () => number;
}

/** Looking through the whole tree is for layouts that the short way does not know; not more often than this, ms. */
const scanEveryMs = 10_000;
const mostFolders = 20_000;
const deepest = 8;
const containerId = /[0-9a-f]{64}/;

/**
 * Finds control groups whatever driver named them: `/docker/<id>`, `docker-<id>.scope`, another parent. The short way
 * is the path that the kernel tells for the container's process; where it means nothing here (it is relative to the
 * reader's own namespace) the tree is looked through for folders with the id in their name.
 */
export function createCgroupFinder({ proc, cgroup, now }: CgroupFinderOptions): CgroupFinder {
  const version = existsSync(join(cgroup, "cgroup.controllers")) ? 2 : 1;
  const roots = version === 2 ? null : controllerRoots(cgroup);
  const found = new Map<string, { readonly pid: number; readonly groups: ContainerGroups }>();
  let scanned = new Map<string, string>();
  let scannedAt = Number.NEGATIVE_INFINITY;

  const cpuRoot = roots?.get("cpuacct") ?? cgroup;

  function groupsAt(path: string): ContainerGroups | null {
    const at = (controller: string) => join(roots?.get(controller) ?? cgroup, path);
    const groups = { version, cpu: at("cpuacct"), memory: at("memory"), io: at("blkio") } as const;
    return existsSync(groups.cpu) ? groups : null;
  }

  function scan(): void {
    if (now() - scannedAt < scanEveryMs) return;
    scannedAt = now();
    scanned = foldersOfContainers(cpuRoot);
  }

  function look(id: string, pid: number): ContainerGroups | null {
    const told = pathOfProcess(proc, pid, version);
    const short = told === null ? null : upTo(told, id);
    const groups = short === null ? null : groupsAt(short);
    if (groups !== null) return groups;
    if (!scanned.has(id)) scan();
    const path = scanned.get(id);
    return path === undefined ? null : groupsAt(path);
  }

  return {
    find(id, pid) {
      const known = found.get(id);
      if (known?.pid === pid) return known.groups;
      const groups = look(id, pid);
      if (groups !== null) found.set(id, { pid, groups });
      return groups;
    },
    forget(id) {
      found.delete(id);
      scanned.delete(id);
    },
    keep(ids) {
      for (const id of found.keys()) if (!ids.has(id)) found.delete(id);
    },
  };
}

/** Version 1 has a folder for each controller, or one for several: `cpu,cpuacct`. */
function controllerRoots(cgroup: string): ReadonlyMap<string, string> {
  const roots = new Map<string, string>();
  for (const folder of readdirSync(cgroup)) {
    for (const controller of folder.split(",")) roots.set(controller, join(cgroup, folder));
  }
  return roots;
}

/** What /proc says; null when the process is gone. */
function pathOfProcess(proc: string, pid: number, version: 1 | 2): string | null {
  let text: string;
  try {
    text = readFileSync(join(proc, String(pid), "cgroup"), "utf8");
  } catch {
    return null;
  }
  for (const line of text.split("\n")) {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    const isWanted = version === 2 ? controllers === "" : controllers?.split(",").includes("cpuacct");
    if (isWanted && path !== undefined) return path;
  }
  return null;
}

/**
 * The path down to the folder that carries the id: what a container makes below it (an init of its own) is part of
 * it. Null when it does not carry it, or leads out of what can be seen from here.
 */
function upTo(path: string, id: string): string | null {
  const folders = path.split("/");
  if (folders.includes("..")) return null;
  const at = folders.findIndex((folder) => folder.includes(id));
  return at < 0 ? null : folders.slice(0, at + 1).join("/");
}

function foldersOfContainers(root: string): Map<string, string> {
  const found = new Map<string, string>();
  let left = mostFolders;
  const walk = (path: string, depth: number) => {
    for (const entry of foldersIn(join(root, path))) {
      left -= 1;
      if (left < 0) return;
      const below = `${path}/${entry}`;
      const id = containerId.exec(entry)?.[0];
      if (id !== undefined) found.set(id, below);
      else if (depth < deepest) walk(below, depth + 1);
    }
  };
  walk("", 1);
  return found;
}

function foldersIn(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    // Gone while we looked.
    return [];
  }
}
