import type { ServiceRef } from "../api/resource-types.ts";

/** Volumes as the API lists them: each on its own node. Times are ms since 1970. */

export interface VolumeItem {
  readonly name: string;
  readonly nodeId: string;
  readonly nodeName: string;
  readonly driver: string;
  /** Value of the label `com.docker.stack.namespace`. */
  readonly stack: string | null;
  readonly labels: Readonly<Record<string, string>>;
  /** 0: the driver does not say. */
  readonly createdAt: number;
  /** Bytes; null: not measured, which is done on request only. */
  readonly size: number | null;
  /** Containers of its node that mount it, running or not. */
  readonly containers: readonly VolumeUser[];
  /** Services whose specification names it, or whose containers mount it. */
  readonly services: readonly ServiceRef[];
  /** Made by the engine for one container, without a name of its own. */
  readonly isAnonymous: boolean;
  /** No container of its node mounts it, and no service names it. */
  readonly isUnused: boolean;
}

export interface VolumeUser {
  readonly id: string;
  readonly name: string;
  readonly target: string;
  readonly readOnly: boolean;
}

export interface VolumeDetail {
  readonly volume: VolumeItem;
  readonly mountpoint: string;
  /** What its driver was told; values of passwords are masked by nobody, so only admins read them. */
  readonly options: Readonly<Record<string, string>>;
  /** Null: its files can be read and changed by those who may; else why not. */
  readonly noFiles: string | null;
}

/** One volume of one node. */
export interface VolumeRef {
  readonly node: string;
  readonly name: string;
}

/** What became of each volume that was to go. */
export interface RemovedVolume extends VolumeRef {
  /** Null: it is gone. */
  readonly error: string | null;
}
