import type { ImageView, PortView, TaskHealth } from "../model/types.ts";

/** States of a container, plus what we say when an engine tells something we do not know. */
export const containerStates = [
  "created", "running", "paused", "restarting", "removing", "exited", "dead", "unknown",
] as const; // biome-ignore format: one line
export type ContainerState = (typeof containerStates)[number];

/** One container of any node, a task's or not. Times are ms since 1970. */
export interface ContainerView {
  readonly id: string;
  readonly name: string;
  readonly nodeId: string;
  readonly nodeName: string;
  readonly image: ImageView;
  readonly state: ContainerState;
  /** Docker's own words when its node was asked last: "Up 3 hours (healthy)". */
  readonly status: string;
  readonly health: TaskHealth;
  /** Null: it runs, or never has. */
  readonly exitCode: number | null;
  /** Compose project, and the name of the service in its file. */
  readonly project: string | null;
  readonly composeService: string | null;
  readonly stack: string | null;
  /** Null: no service made it. */
  readonly serviceId: string | null;
  readonly serviceName: string | null;
  readonly taskId: string | null;
  readonly ports: readonly PortView[];
  readonly mounts: number;
  readonly networks: readonly string[];
  /** It runs the very Shoal that answers, or one of its agents. */
  readonly isShoal: boolean;
  readonly createdAt: number;
}

/** A node whose containers are in the list, or should be. */
export interface ContainerNode {
  readonly id: string;
  readonly name: string;
  /** Its part of the list is how it is now. */
  readonly ok: boolean;
  /** Why it is not, as a sentence. */
  readonly error: string | null;
  /** When a node that does not answer was heard last; null: never, or it answers. */
  readonly lastAt: number | null;
}

/** The containers of all nodes of a cluster. */
export interface ContainerPicture {
  /** Grows by one with every delta. */
  readonly seq: number;
  readonly rows: Readonly<Record<string, ContainerView>>;
  /** Every node, sorted by name. */
  readonly nodes: readonly ContainerNode[];
}

/** The step from picture `seq - 1` to picture `seq`. */
export interface ContainerDelta {
  readonly seq: number;
  /** New ones (all fields) and changed ones (id and the changed fields). */
  readonly set: readonly (Partial<ContainerView> & { readonly id: string })[];
  readonly del: readonly string[];
  /** All of them, when one has changed. */
  readonly nodes?: readonly ContainerNode[];
}
