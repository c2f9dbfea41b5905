import { mapDisk } from "#lib/server/docker/map-image.ts";
import type { WireDisk } from "#lib/server/docker/wire-image.ts";
import type { ListAnswer } from "#lib/shared/api/types.ts";
import type { NodeDisk } from "#lib/shared/images/types.ts";
import type { LinkedNode, NodeEngines } from "../nodes/node-engines.ts";
import { createPerNodeRead } from "../nodes/per-node-read.ts";

/** What `docker system df` says, asked only when somebody looks. */
export interface DiskUsage {
  list(): Promise<ListAnswer<NodeDisk>>;
  /** Of one node's images, as it is now. */
  images(node: LinkedNode): Promise<WireDisk>;
  changed(nodeId: string): void;
}

/** An engine walks through its files for it. */
const maxAgeMs = 60_000;
const answerMs = 120_000;

/** Engines before 23 refuse a second df beside the first: one at a time for each node, whoever asks. */
export function createDiskUsage(engines: NodeEngines, now: () => number): DiskUsage {
  const queues = new Map<string, Promise<unknown>>();
  const df = (node: LinkedNode, query: Readonly<Record<string, string>>): Promise<WireDisk> => {
    const ask = () =>
      node.engine.get<WireDisk>("/system/df", { query, signal: node.signal, timeoutMs: answerMs });
    const answer = (queues.get(node.id) ?? Promise.resolve()).then(ask, ask);
    queues.set(node.id, answer);
    return answer;
  };
  const shared = createPerNodeRead<NodeDisk>({
    engines,
    read: async (node) => mapDisk(node, await df(node, {})),
    maxAgeMs,
    now,
  });
  return {
    async list() {
      const { answers, nodes } = await shared.get();
      return { items: answers.map(({ value }) => value), nodes };
    },
    // Old engines ignore the type and answer everything.
    images: (node) => df(node, { type: "image" }),
    changed: (nodeId) => shared.changed(nodeId),
  };
}
