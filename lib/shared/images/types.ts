import type { ServiceRef } from "../api/resource-types.ts";

/** An image of any node. Times are ms since 1970. */
export interface ImageItem {
  /** `sha256:…` */
  readonly id: string;
  /** `lab/web:1`, of all nodes together, sorted. */
  readonly tags: readonly string[];
  /** `lab/web@sha256:…` */
  readonly digests: readonly string[];
  /** No node has a tag for it. */
  readonly dangling: boolean;
  readonly createdAt: number;
  readonly sizeBytes: number;
  /** The nodes that have it, sorted by name. */
  readonly nodes: readonly ImagePlace[];
  /** Services whose specification names it. */
  readonly services: readonly ServiceRef[];
  /** Services that would need it to go back to an earlier specification. */
  readonly rollbacks: readonly ServiceRef[];
}

/** An image on one node. */
export interface ImagePlace {
  readonly id: string;
  readonly name: string;
  readonly tags: readonly string[];
  /** Containers made from it, running or not. */
  readonly containers: number;
}

/** A pull on several nodes, from its start until half an hour after its end. */
export interface PullView {
  readonly id: string;
  readonly image: string;
  readonly by: string;
  readonly startedAt: number;
  /** Null: some node is still at it. */
  readonly endedAt: number | null;
  /** Who gave it up before its end. */
  readonly cancelledBy: string | null;
  readonly nodes: readonly PullNode[];
}

export interface PullNode {
  readonly id: string;
  readonly name: string;
  readonly state: "pulling" | "done" | "failed" | "cancelled";
  /** The engine's newest word about the whole: "Status: Downloaded newer image for …". */
  readonly status: string;
  /** What the registry has under that name, `sha256:…`; null until the engine says so. */
  readonly digest: string | null;
  readonly error: string | null;
  readonly layers: readonly PullLayer[];
}

export interface PullLayer {
  readonly id: string;
  /** The engine's word: "Downloading", "Pull complete". */
  readonly status: string;
  readonly done: boolean;
  /** Bytes of the step it is at; 0: not said. */
  readonly current: number;
  readonly total: number;
}

/** What a prune would remove, node by node. */
export interface PrunePreview {
  readonly nodes: readonly PruneNode[];
}

export interface PruneNode {
  readonly id: string;
  readonly name: string;
  /** Why this node cannot be asked; nothing is removed there. */
  readonly error: string | null;
  readonly images: readonly PruneImage[];
  /** Images no container uses that stay because a specification, or the way back to one, needs them. */
  readonly kept: readonly KeptImage[];
  /** Bytes; the two differ where layers are shared, as the engine does not say by which images. */
  readonly freesAtLeast: number;
  readonly freesAtMost: number;
}

export interface PruneImage {
  readonly id: string;
  readonly tags: readonly string[];
  readonly sizeBytes: number;
}

export interface KeptImage extends PruneImage {
  readonly services: readonly ServiceRef[];
}

/** What a prune did. */
export interface PruneAnswer {
  readonly nodes: readonly {
    readonly id: string;
    readonly name: string;
    readonly removed: readonly string[];
    /** Bytes; null: the engine did not say. */
    readonly freedBytes: number | null;
    /** One sentence for each image that stayed, or for the node. */
    readonly problems: readonly string[];
  }[];
}

/** What `docker system df` says of one node. Bytes. */
export interface NodeDisk {
  readonly id: string;
  readonly name: string;
  /** All layers of all images, each once. */
  readonly imagesBytes: number;
  readonly images: number;
  /** What containers have written. */
  readonly containersBytes: number;
  readonly containers: number;
  readonly volumesBytes: number;
  readonly volumes: number;
  readonly buildCacheBytes: number;
}
