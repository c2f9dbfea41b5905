import type { ClusterRoles } from "../access.ts";
import type { NodeView, ServiceView, TaskView } from "../model/types.ts";
import type { AccessRole } from "../roles.ts";

/** Answers of the HTTP API beyond the model's own entities. */

/** Every list: items, and freshness of the sources where some did not answer. */
export interface ListAnswer<T> {
  readonly items: readonly T[];
  readonly nodes?: readonly NodeFreshness[];
}

export interface NodeFreshness {
  readonly id: string;
  readonly name: string;
  readonly ok: boolean;
  readonly error: string | null;
  /** How old this node's part of the answer is; -1: it has never given one. */
  readonly ageMs: number;
}

export interface Me {
  readonly id: string;
  readonly name: string;
  /** Everywhere but in `clusters`. */
  readonly role: AccessRole;
  /** Clusters where another role holds, by id. One that is hidden from this caller is not told of. */
  readonly clusters: ClusterRoles;
  /** How this caller proved who it is. */
  readonly via: "session" | "token";
}

export interface SessionInfo {
  readonly id: string;
  readonly current: boolean;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly address: string;
  readonly userAgent: string;
}

/** A field of a specification in readable form, grouped for the page. `value` is text, already in words. */
export interface SpecField {
  readonly label: string;
  readonly value: string | readonly string[];
  /** The value is masked (env) or withheld. */
  readonly masked?: boolean;
}
export interface SpecGroup {
  readonly title: string;
  readonly fields: readonly SpecField[];
}

/** An attempt of a slot that is over. */
export interface TaskAttempt extends TaskView {
  readonly nodeName: string | null;
  /** How long it ran, ms; null when it never ran or the engine does not say. */
  readonly ranMs: number | null;
}

export interface ServiceDetail {
  readonly service: ServiceView;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: readonly SpecGroup[];
  readonly version: number;
  /** All tasks the engine remembers, newest first. */
  readonly tasks: readonly TaskAttempt[];
  /** Where Shoal runs in this service: what acting on it does to this page, else null. */
  readonly selfWarning: string | null;
}

export interface NodeDetail {
  readonly node: NodeView;
  readonly tasks: readonly TaskView[];
  readonly plugins: readonly string[];
  readonly tlsIssuer: string | null;
  readonly selfWarning: string | null;
}

export interface TaskDetail {
  readonly task: TaskAttempt;
  readonly attempts: readonly TaskAttempt[];
}

/** Sentences to show before or after a write that is allowed but may not do what one hopes. */
export interface WriteAnswer<T> {
  readonly item: T | null;
  readonly warnings: readonly string[];
  /** The operation that follows the change to its end, where there is one. */
  readonly operation?: number | null;
}

export interface SwarmSettings {
  readonly id: string;
  readonly createdAt: number;
  readonly autolock: boolean;
  readonly taskHistoryLimit: number;
  readonly nodeCertExpiryHours: number;
  readonly heartbeatSeconds: number;
  readonly snapshotInterval: number;
  readonly rootRotationInProgress: boolean;
  readonly defaultAddressPools: readonly string[];
  readonly dataPathPort: number | null;
}

export interface JoinTokens {
  /** Whole commands: `docker swarm join --token … 10.0.0.1:2377`. */
  readonly worker: string;
  readonly manager: string;
}
