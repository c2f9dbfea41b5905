import type { Import } from "./sources.ts";

/** A room of the house (docs/architecture.md, "Rooms and who may enter") and what its files may import. */
interface Room {
  readonly path: string;
  /** Rooms whose values it may use; its own is always allowed. */
  readonly rooms: readonly string[];
  /** Rooms of which it may use only types. */
  readonly types?: readonly string[];
  /** Packages it must not use. */
  readonly notPackages?: RegExp;
}

const BROWSER_PACKAGES = /^(next|react|react-dom|next-auth|swr|sonner|radix-ui|clsx|@tanstack)(\/|$)/;

/** The longest path that holds a file is its room. */
const ROOMS: readonly Room[] = [
  { path: "app/", rooms: ["components/", "components/ui/", "lib/web/", "lib/client/", "lib/shared/"] },
  { path: "components/ui/", rooms: ["lib/shared/"], notPackages: /^(node:|swr$|next-auth)/ },
  { path: "components/", rooms: ["components/ui/", "lib/client/", "lib/shared/"], notPackages: /^node:/ },
  { path: "lib/shared/", rooms: [], notPackages: /^(?!zod$)/ },
  { path: "lib/client/", rooms: ["lib/shared/"], notPackages: /^(node:|ws$)/ },
  { path: "lib/web/", rooms: ["lib/shared/"], types: ["lib/server/"] },
  { path: "lib/tunnel/", rooms: ["lib/shared/"], notPackages: BROWSER_PACKAGES },
  { path: "lib/server/", rooms: ["lib/shared/", "lib/tunnel/"], notPackages: BROWSER_PACKAGES },
  { path: "lib/agent/", rooms: ["lib/shared/", "lib/tunnel/"], notPackages: BROWSER_PACKAGES },
  { path: "lib/sim/", rooms: ["lib/shared/"], notPackages: BROWSER_PACKAGES },
];

/** Packages that only one place may know. */
const KEEPERS: readonly { readonly name: RegExp; readonly keepers: readonly string[] }[] = [
  { name: /^dockerode(\/|$)/, keepers: ["lib/server/docker/"] },
  { name: /^better-sqlite3(\/|$)/, keepers: ["lib/server/db/"] },
  { name: /^node:http2$/, keepers: ["lib/server/tunnel/", "lib/tunnel/", "lib/agent/"] },
];

/** The doors between two rooms that the rule for the whole room would close. */
const ROOM_DOORS: readonly { readonly from: string; readonly target: string }[] = [
  // The demo cluster is an engine that this process starts itself.
  { from: "lib/server/cluster/demo-engine.ts", target: "lib/sim/start-simulator.ts" },
];

/** The doors between a room and a package that the rule for the whole room would close. */
const DOORS: readonly { readonly from: string; readonly specifier: string }[] = [
  { from: "lib/server/main.ts", specifier: "next" },
  { from: "lib/server/auth/", specifier: "next-auth/jwt" },
];

/** Why an import is against the house rules, as a sentence; undefined when it is fine. */
export function violation(statement: Import): string | undefined {
  const { from, specifier, target } = statement;
  const why = target === undefined ? packageViolation(statement) : roomViolation(statement, target);
  return why && `${from} imports ${specifier}: ${why}`;
}

function packageViolation({ from, specifier }: Import): string | undefined {
  const kept = KEEPERS.find(({ name }) => name.test(specifier));
  if (kept && roomOf(from) && !kept.keepers.some((keeper) => from.startsWith(keeper))) {
    return `only ${kept.keepers.join(" and ")} may know it`;
  }
  if (isTest(from) || DOORS.some((door) => from.startsWith(door.from) && specifier === door.specifier))
    return undefined;
  const room = roomOf(from);
  return room?.notPackages?.test(specifier) ? `${room.path} must not use this package` : undefined;
}

function roomViolation({ from, typeOnly }: Import, target: string): string | undefined {
  const room = roomOf(from);
  const other = roomOf(target);
  if (other?.path === "app/" && room?.path !== "app/") return "nobody imports app";
  if (!room || room === other) return undefined;
  if (!other) return isTest(from) ? undefined : "it is outside of every room";
  if (room.rooms.includes(other.path)) return undefined;
  if (ROOM_DOORS.some((door) => door.from === from && door.target === target)) return undefined;
  if (room.types?.includes(other.path)) {
    // A test runs outside of Next's bundle and may put the real thing behind what it tests.
    return typeOnly || isTest(from) ? undefined : `only types of ${other.path} are allowed here`;
  }
  return `${room.path} may use only ${[...room.rooms, ...(room.types ?? [])].join(", ") || "itself"}`;
}

function roomOf(path: string): Room | undefined {
  return ROOMS.filter((room) => path.startsWith(room.path)).sort((a, b) => b.path.length - a.path.length)[0];
}

/** Tests, and helpers that only tests use: they may use any package, and values where their neighbours may use types. */
function isTest(path: string): boolean {
  return /\.test\.tsx?$|\/testing\//.test(path);
}

/** Cycles of imports (types do not count: they are gone when the code runs), each as the files along it. */
export function cycles(imports: readonly Import[]): string[][] {
  const edges = new Map<string, Set<string>>();
  for (const { from, target, typeOnly } of imports) {
    if (target === undefined || typeOnly) continue;
    edges.set(from, (edges.get(from) ?? new Set()).add(target));
  }
  const found: string[][] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]) => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push([...trail.slice(start), path]);
    if (start >= 0 || done.has(path)) return;
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
  return found;
}
