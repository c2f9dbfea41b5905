/** What is read on demand for lists, each by one call for everybody who looks. */
export type ReadKind = "networks" | "volumes" | "secrets" | "configs" | "services" | "tasks";

/** Reads on demand that viewers share. */
export interface SharedReads {
  /**
   * What `load` answers, asked once: everybody who comes while it runs, or before it is `changed` or older than its age,
   * gets the same answer. A failure is not kept.
   */
  read<T>(kind: ReadKind, load: () => Promise<T>): Promise<T>;
  /** What was read of this kind is no longer true; a read under way is not handed to who asks from now on. */
  changed(kind: ReadKind): void;
  /** Nothing that was read is trusted any longer. */
  changedAll(): void;
}

/** Events tell of changes; this is for those that nobody heard, ms. Tasks have no events at all. */
const longestAgeMs: Readonly<Record<ReadKind, number>> = {
  networks: 60_000,
  volumes: 15_000,
  secrets: 60_000,
  configs: 60_000,
  services: 60_000,
  tasks: 5_000,
};

interface Kept {
  readonly answer: Promise<unknown>;
  readonly since: number;
}

export function createSharedReads(now: () => number): SharedReads {
  const kept = new Map<ReadKind, Kept>();
  return {
    read<T>(kind: ReadKind, load: () => Promise<T>): Promise<T> {
      const known = kept.get(kind);
      if (known && now() - known.since < longestAgeMs[kind]) return known.answer as Promise<T>;
      const answer = load();
      const entry = { answer, since: now() };
      kept.set(kind, entry);
      answer.catch(() => {
        if (kept.get(kind) === entry) kept.delete(kind);
      });
      return answer;
    },
    changed: (kind) => void kept.delete(kind),
    changedAll: () => kept.clear(),
  };
}
