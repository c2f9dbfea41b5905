import type { NodeFreshness } from "#lib/shared/api/types.ts";
import { isAppError } from "#lib/shared/errors.ts";
import type { LinkedNode, NodeEngines, NodeRef } from "./node-engines.ts";

/** What one node said, and when (ms since 1970). */
export interface NodeAnswer<T> {
  readonly node: NodeRef;
  readonly value: T;
  readonly at: number;
}

/** The answers of all nodes; of one that does not answer now the last one it gave, if any. */
export interface PerNode<T> {
  readonly answers: readonly NodeAnswer<T>[];
  /** How fresh each node's part is: one that did not answer is told here, never silently missing. */
  readonly nodes: readonly NodeFreshness[];
}

/** A read of every node that everybody who looks shares. */
export interface PerNodeRead<T> {
  get(): Promise<PerNode<T>>;
  /** What this node (null: any node) said is no longer true; a read under way is not handed to who asks from now on. */
  changed(nodeId: string | null): void;
}

export interface PerNodeReadOptions<T> {
  readonly engines: Pick<NodeEngines, "all">;
  readonly read: (node: LinkedNode) => Promise<T>;
  /** An answer older than this is asked again, ms. */
  readonly maxAgeMs: number;
  readonly now: () => number;
}

interface Kept<T> {
  answer: NodeAnswer<T> | null;
  fresh: boolean;
  running: Promise<string | null> | null;
  /** How many reads were begun, and which of them gave the answer: an older one that is slow does not take its place. */
  begun: number;
  answered: number;
}

export function createPerNodeRead<T>(options: PerNodeReadOptions<T>): PerNodeRead<T> {
  const { engines, maxAgeMs, now } = options;
  const kept = new Map<string, Kept<T>>();

  function entryOf(id: string): Kept<T> {
    const known = kept.get(id) ?? { answer: null, fresh: false, running: null, begun: 0, answered: 0 };
    kept.set(id, known);
    return known;
  }

  /** Resolves with why it failed, or null. */
  async function ask(node: LinkedNode): Promise<string | null> {
    const entry = entryOf(node.id);
    if (entry.fresh && entry.answer && now() - entry.answer.at < maxAgeMs) return null;
    if (entry.running !== null) return entry.running;
    // Set before the read: a change that comes while it runs makes its answer old at once.
    entry.fresh = true;
    entry.begun += 1;
    const turn = entry.begun;
    const isNewest = () => turn === entry.begun;
    const running = options
      .read(node)
      .then((value) => {
        if (turn < entry.answered) return null;
        entry.answer = { node: { id: node.id, name: node.name }, value, at: now() };
        entry.answered = turn;
        return null;
      })
      .catch((error: unknown) => {
        if (isNewest()) entry.fresh = false;
        if (!isAppError(error)) throw error;
        return error.message;
      })
      .finally(() => {
        if (isNewest()) entry.running = null;
      });
    entry.running = running;
    return running;
  }

  return {
    async get() {
      const nodes = engines.all();
      const errors = await Promise.all(nodes.map((node) => (node.engine === null ? node.why : ask(node))));
      for (const id of kept.keys()) if (!nodes.some((node) => node.id === id)) kept.delete(id);
      const answers = nodes.map(({ id }) => kept.get(id)?.answer ?? null);
      return {
        answers: answers.filter((answer) => answer !== null),
        nodes: nodes.map(({ id, name }, index) => {
          const error = errors[index] ?? null;
          const at = answers[index]?.at;
          return { id, name, ok: error === null, error, ageMs: at === undefined ? -1 : now() - at };
        }),
      };
    },
    changed(nodeId) {
      for (const [id, entry] of kept) {
        if (nodeId !== null && id !== nodeId) continue;
        entry.fresh = false;
        entry.running = null;
      }
    },
  };
}
