import type { ContainerAction } from "#lib/shared/containers/api-types.ts";
import type { ContainerRow } from "./container-rows.ts";

/** What may be asked of a container here; `remove` and `rename` are for admins. */
export type ContainerVerb = ContainerAction | "signal" | "rename" | "remove";

/** What the person who is signed in can do to containers. */
export interface ContainerActions {
  readonly may: {
    readonly operate: boolean;
    readonly rename: boolean;
    readonly remove: boolean;
    readonly create: boolean;
  };
  /** Why this cannot be done to the container now; null when it can. */
  readonly reason: (row: ContainerRow, verb: ContainerVerb) => string | null;
  /** Asks first where something stops or is lost. Resolves true when it was done. */
  readonly run: (row: ContainerRow, verb: ContainerVerb) => Promise<boolean>;
}

const alive: ReadonlySet<string> = new Set(["running", "paused", "restarting"]);

/** True for what has processes. */
export function isAlive({ container }: ContainerRow): boolean {
  return alive.has(container.state);
}

/** The verbs that make sense in the container's state, in the order of menus. */
export function verbsFor(row: ContainerRow): readonly ContainerVerb[] {
  const { state } = row.container;
  const isRunning = state === "running";
  const verbs: readonly (ContainerVerb | false)[] = [
    !isAlive(row) && state !== "removing" && "start",
    isAlive(row) && "restart",
    isAlive(row) && "stop",
    isRunning && "pause",
    state === "paused" && "unpause",
    isAlive(row) && "kill",
    isRunning && "signal",
    "rename",
    "remove",
  ];
  return verbs.filter((verb) => verb !== false);
}
