import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Profile } from "../profiles/profile.ts";
import type { HandContainers } from "../world/containers.ts";
import type { EngineState } from "../world/engine-state.ts";
import type { SimNode } from "../world/objects.ts";
import type { Swarm } from "../world/swarm.ts";
import type { World } from "../world/world.ts";

/** One request, as handlers see it. */
export interface Call {
  readonly swarm: Swarm;
  readonly world: World;
  readonly hands: HandContainers;
  readonly profile: Profile;
  /** The node whose engine is asked. */
  readonly own: string;
  readonly node: SimNode | undefined;
  readonly engine: EngineState;
  /** What stood in place of `{ref}`, decoded. */
  readonly ref: string;
  readonly query: URLSearchParams;
  readonly body: string;
  /** The minor number of the version that was asked in. */
  readonly version: number;
  /** For answers that stay open. */
  readonly response: ServerResponse;
  /** Takes the connection over, if the client asked for it; null when it did not. */
  readonly takeOver: (() => Duplex) | null;
}

/** JSON with a status (200), a status alone, `null` for 200 without a body, `"open"` when the handler answers by itself. */
export type Answer =
  | { readonly json: object | string; readonly status?: number }
  | { readonly status: number }
  | null
  | "open";

export interface Route {
  readonly method: "GET" | "POST" | "DELETE" | "HEAD" | "PUT";
  /** `/services/{ref}/update`; `{name}` may hold slashes. */
  readonly path: string;
  /** Only managers answer it. */
  readonly isSwarm?: boolean;
  readonly handle: (call: Call) => Answer;
}

export const done: Answer = { status: 204 };
