import {
  type Attached,
  attachedOf,
  type EngineNetwork,
  mapEnds,
  mapEngineNetwork,
  type NodeEnds,
} from "#lib/server/docker/map-network.ts";
import type { WireContainer, WireTask } from "#lib/server/docker/wire.ts";
import type { WireNetwork } from "#lib/server/docker/wire-resources.ts";
import { isAppError } from "#lib/shared/errors.ts";
import type { LinkedNode, NodeEngines } from "../nodes/node-engines.ts";
import { createPerNodeRead, type PerNode, type PerNodeRead } from "../nodes/per-node-read.ts";
import type { Resources } from "../resources/resources.ts";

/** What one node says of its networks. */
export interface NodeNetworks {
  /** Its own, and those of the swarm that it knows: a worker those somebody is on, a manager all. */
  readonly networks: readonly EngineNetwork[];
  readonly attached: readonly Attached[];
}

/** What nodes and the swarm say of networks, shared by everybody who looks. */
export interface NetworkReads {
  readonly plain: PerNodeRead<NodeNetworks>;
  /** The ends of one network: on every node, or on the node it belongs to. */
  ends(id: string, nodeId: string | null): Promise<PerNode<NodeEnds>>;
  /** Tasks on a network of the swarm. */
  tasks(id: string, serviceIds: readonly string[]): Promise<readonly WireTask[]>;
  /** What was read of this network, or of any, is no longer true. */
  changed(): void;
  /** Tasks came, went or moved. */
  tasksChanged(): void;
}

/** Events tell of changes; this is for those that nobody heard, ms. Who is on a network has no events of its own. */
const longestAgeMs = { plain: 15_000, ends: 3_000 };
/** So many networks are looked at at the same time. */
const mostKept = 32;

export function createNetworkReads(
  engines: Pick<NodeEngines, "all">,
  resources: Pick<Resources, "networkTasks">,
): NetworkReads {
  const now = Date.now;
  const plain = createPerNodeRead({ engines, now, maxAgeMs: longestAgeMs.plain, read: readNetworks });
  const ends = new Map<string, PerNodeRead<NodeEnds>>();
  const tasks = new Map<string, { readonly at: number; readonly answer: Promise<readonly WireTask[]> }>();
  return {
    plain,
    ends(id, nodeId) {
      const key = `${id} ${nodeId ?? ""}`;
      const known = ends.get(key);
      const read =
        known ??
        createPerNodeRead({
          engines: { all: () => engines.all().filter((node) => nodeId === null || node.id === nodeId) },
          now,
          maxAgeMs: longestAgeMs.ends,
          read: (node) => readEnds(node, id),
        });
      keep(ends, key, read);
      return read.get();
    },
    tasks(id, serviceIds) {
      const known = tasks.get(id);
      if (known && now() - known.at < longestAgeMs.ends) return known.answer;
      const answer = resources.networkTasks(serviceIds);
      const entry = { at: now(), answer };
      keep(tasks, id, entry);
      answer.catch(() => {
        if (tasks.get(id) === entry) tasks.delete(id);
      });
      return answer;
    },
    changed() {
      plain.changed(null);
      for (const read of ends.values()) read.changed(null);
      tasks.clear();
    },
    tasksChanged: () => tasks.clear(),
  };
}

/** Puts it last and lets the one go that was asked for longest ago. */
function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > mostKept && oldest !== undefined) map.delete(oldest);
}

async function readNetworks({ engine, signal }: LinkedNode): Promise<NodeNetworks> {
  const [networks, containers] = await Promise.all([
    engine.get<readonly WireNetwork[]>("/networks", { signal }),
    engine.get<readonly WireContainer[]>("/containers/json", { query: { all: true }, signal }),
  ]);
  return {
    networks: networks.map(mapEngineNetwork).filter((network) => network !== null),
    attached: attachedOf(containers),
  };
}

async function readEnds({ engine, signal }: LinkedNode, id: string): Promise<NodeEnds> {
  try {
    return mapEnds(await engine.get<WireNetwork>(`/networks/${encodeURIComponent(id)}`, { signal }));
  } catch (error) {
    // A worker has a network of the swarm only while somebody there is on it.
    if (isAppError(error) && error.code === "not_found") return { network: null, ends: [], peers: [] };
    throw error;
  }
}
