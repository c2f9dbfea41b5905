import { mapContainer } from "#lib/server/docker/map-container.ts";
import type { WireContainer } from "#lib/server/docker/wire.ts";
import type { NodeFreshness } from "#lib/shared/api/types.ts";
import { diffContainers } from "#lib/shared/containers/delta.ts";
import type {
  ContainerDelta,
  ContainerNode,
  ContainerPicture,
  ContainerView,
} from "#lib/shared/containers/types.ts";
import { shareAll } from "../model/share.ts";
import type { NodeEngines, NodeRef } from "../nodes/node-engines.ts";

/**
 * The containers of all nodes, in memory. Fed by the links' readers whether somebody looks or not; who looks costs no
 * engine a call. What a node that does not answer had last stays; what a node had that left the cluster goes.
 */
export interface ContainerTable {
  /** The picture that the last delta led to. */
  picture(): ContainerPicture;
  /** The rows as they are known this moment, with Docker's newest words. */
  rows(): Readonly<Record<string, ContainerView>>;
  /** Ids of images by node id, one for each container there. */
  imagesInUse(nodeId: string): readonly string[];
  freshness(): readonly NodeFreshness[];
  /** The deltas that lead from the picture `seq` to the present one; null when only a whole picture will do. */
  since(seq: number): readonly ContainerDelta[] | null;
  /** Deltas from now on, batched. Returns the unsubscribe function. */
  subscribe(listener: (delta: ContainerDelta) => void): () => void;
  /** Everything that this node's engine has. */
  read(node: NodeRef, rows: readonly WireContainer[]): void;
  /** One container of a node after it was changed; null: it is gone. */
  readOne(node: NodeRef, id: string, row: WireContainer | null): void;
  /** The node's engine answers, but not what was asked. */
  failed(nodeId: string, error: string): void;
  /** Nodes came, left or stopped answering. */
  nodesChanged(): void;
  stop(): void;
}

export interface ContainerTableOptions {
  readonly engines: Pick<NodeEngines, "all">;
  readonly isShoal: (row: WireContainer) => boolean;
  /** When the engine of a node was last known to answer, ms since 1970. */
  readonly heardAt: (nodeId: string) => number | null;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
  /** How long the first change waits for others, ms. */
  readonly batchMs?: number;
}

/** How many deltas are kept for a page that was rendered a moment before its socket opened. */
const keptDeltas = 32;

interface Known {
  rows: Readonly<Record<string, ContainerView>>;
  /** Id of the image by id of the container: no screen of containers needs it. */
  readonly imageIds: Map<string, string>;
  /** When they were read; null: never. */
  readAt: number | null;
  error: string | null;
}

export function createContainerTable(options: ContainerTableOptions): ContainerTable {
  return new Table(options);
}

class Table implements ContainerTable {
  private readonly options: ContainerTableOptions;
  private readonly known = new Map<string, Known>();
  private readonly listeners = new Set<(delta: ContainerDelta) => void>();
  private recent: ContainerDelta[] = [];
  private published: ContainerPicture;
  private timer: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(options: ContainerTableOptions) {
    this.options = options;
    // Grows over restarts too, so that a page of an earlier run never takes a new picture for its own.
    this.published = { seq: options.now(), rows: {}, nodes: [] };
  }

  picture(): ContainerPicture {
    return this.published;
  }

  rows(): Readonly<Record<string, ContainerView>> {
    const parts = this.options.engines.all().map(({ id }) => this.known.get(id)?.rows ?? {});
    return Object.assign({}, ...parts) as Readonly<Record<string, ContainerView>>;
  }

  imagesInUse(nodeId: string): readonly string[] {
    return [...(this.known.get(nodeId)?.imageIds.values() ?? [])];
  }

  freshness(): readonly NodeFreshness[] {
    const now = this.options.now();
    return this.nodes().map(({ id, name, ok, error, lastAt }) => {
      const at = ok ? this.lastAt(id) : lastAt;
      return { id, name, ok, error, ageMs: at === null ? -1 : Math.max(0, now - at) };
    });
  }

  since(seq: number): readonly ContainerDelta[] | null {
    if (seq === this.published.seq) return [];
    const first = this.recent.findIndex((delta) => delta.seq === seq + 1);
    return first < 0 ? null : this.recent.slice(first);
  }

  subscribe(listener: (delta: ContainerDelta) => void): () => void {
    const own = (delta: ContainerDelta) => listener(delta);
    this.listeners.add(own);
    return () => void this.listeners.delete(own);
  }

  read(node: NodeRef, rows: readonly WireContainer[]): void {
    const before = this.known.get(node.id)?.rows ?? {};
    const views = rows.map((row) => this.view(node, row)).filter((view) => view !== null);
    const imageIds = new Map(rows.map((row) => [row.Id ?? "", row.ImageID ?? ""]));
    const readAt = this.options.now();
    this.known.set(node.id, { rows: shareAll(before, views), imageIds, readAt, error: null });
    this.soon();
  }

  readOne(node: NodeRef, id: string, row: WireContainer | null): void {
    const known = this.known.get(node.id);
    if (!known) return;
    const { [id]: _, ...others } = known.rows;
    const view = row && this.view(node, row);
    known.rows = view ? { ...others, [view.id]: view } : others;
    if (row) known.imageIds.set(id, row.ImageID ?? "");
    else known.imageIds.delete(id);
    this.soon();
  }

  failed(nodeId: string, error: string): void {
    const known = this.known.get(nodeId) ?? { rows: {}, imageIds: new Map(), readAt: null, error };
    known.error = error;
    this.known.set(nodeId, known);
    this.soon();
  }

  nodesChanged(): void {
    this.soon();
  }

  stop(): void {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private view(node: NodeRef, row: WireContainer): ContainerView | null {
    return mapContainer(row, { nodeId: node.id, nodeName: node.name, isShoal: this.options.isShoal(row) });
  }

  private lastAt(nodeId: string): number | null {
    const readAt = this.known.get(nodeId)?.readAt ?? null;
    if (readAt === null || this.known.get(nodeId)?.error != null) return readAt;
    // Changes are heard while the engine answers: what was read is true until it was last heard.
    return Math.max(readAt, this.options.heardAt(nodeId) ?? 0);
  }

  private nodes(): readonly ContainerNode[] {
    return this.options.engines.all().map((node) => {
      const { id, name } = node;
      const known = this.known.get(id);
      const error = node.engine === null ? node.why : (known?.error ?? null);
      const ok = error === null && known?.readAt != null;
      return { id, name, ok, error, lastAt: ok ? null : this.lastAt(id) };
    });
  }

  private soon(): void {
    if (this.timer !== null || this.stopped) return;
    this.timer = setTimeout(() => this.publish(), this.options.batchMs ?? 150);
  }

  private publish(): void {
    this.timer = null;
    const after = { rows: this.rows(), nodes: this.nodes() };
    const delta = diffContainers(this.published, after);
    this.forget(after.nodes);
    if (delta === null) return;
    this.published = { seq: delta.seq, ...after };
    this.recent = [...this.recent, delta].slice(-keptDeltas);
    for (const listener of [...this.listeners]) {
      try {
        listener(delta);
      } catch (error) {
        this.options.onError(error);
      }
    }
  }

  /** Nodes that left, unless their engine is still heard: a new list of nodes may not be there yet. */
  private forget(nodes: readonly ContainerNode[]): void {
    const present = new Set(nodes.map(({ id }) => id));
    for (const id of this.known.keys())
      if (!present.has(id) && this.options.heardAt(id) === null) this.known.delete(id);
  }
}
