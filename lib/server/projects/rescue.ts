import type { Engine } from "#lib/server/docker/engine.ts";
import type { WireContainerInspect } from "#lib/server/docker/wire-container.ts";
import { isAppError } from "#lib/shared/errors.ts";
import { keptSuffix } from "./labels.ts";

/** A container that compose has removed, and that is still there under another name. */
interface KeptContainer {
  readonly id: string;
  readonly name: string;
  readonly wasRunning: boolean;
  /** How compose wanted it removed. */
  readonly query: Readonly<Record<string, string>>;
}

/** What a deploy has done to containers so far: enough to undo it, also for a server that starts after this one. */
export interface RescueState {
  readonly made: readonly string[];
  readonly kept: readonly KeptContainer[];
  /** Ids of containers that ran and were stopped. */
  readonly stopped: readonly string[];
}

const nothingDone: RescueState = { made: [], kept: [], stopped: [] };

/** How bringing back went: names of containers that run again, and of those that do not, with why. */
export interface Restored {
  readonly back: readonly string[];
  readonly failed: readonly { readonly name: string; readonly why: string }[];
}

export type Rescue = ReturnType<typeof createRescue>;

/**
 * Stands between compose and what it replaces. Compose stops and removes the container of before, and only then starts
 * its successor: where that does not start, nothing would be left. Here the one of before is renamed instead of
 * removed, so it comes back whole, with its own files and its own anonymous volumes.
 */
export function createRescue(engine: Engine, run: number, onChange: (state: RescueState) => void) {
  let state: RescueState = nothingDone;
  const set = (next: Partial<RescueState>) => {
    state = { ...state, ...next };
    onChange(state);
  };
  return {
    state: () => state,
    made: (id: string) => set({ made: [...state.made, id] }),
    /** Written down before it is stopped. */
    async willStop(id: string): Promise<void> {
      if (state.made.includes(id) || state.stopped.includes(id)) return;
      const { State } = await inspect(engine, id);
      if (State?.Running === true) set({ stopped: [...state.stopped, id] });
    },
    async keep(id: string, query: Readonly<Record<string, string>>): Promise<void> {
      if (state.made.includes(id)) {
        await engine.send("DELETE", `/containers/${id}`, { query });
        set({ made: state.made.filter((each) => each !== id) });
        return;
      }
      const { Name = "", State } = await inspect(engine, id);
      const name = Name.replace(/^\//, "");
      const isRunning = State?.Running === true;
      const wasRunning = isRunning || state.stopped.includes(id);
      // Its name is written down before it is taken.
      set({
        kept: [...state.kept, { id, name, wasRunning, query }],
        stopped: state.stopped.filter((each) => each !== id),
      });
      if (isRunning) await engine.send("POST", `/containers/${id}/stop`, { timeoutMs: 60_000 });
      await engine.send("POST", `/containers/${id}/rename`, {
        query: { name: `${name}${keptSuffix}${run}` },
      });
    },
    isKept: (id: string) => state.kept.some((each) => each.id === id),
    /** The successors run: what was kept goes. */
    async forget(): Promise<void> {
      const { kept } = state;
      // Written down first: a server that ends from here on must undo nothing.
      set(nothingDone);
      for (const { id, query } of kept)
        await unlessGone(engine.send("DELETE", `/containers/${id}`, { query: { ...query, force: true } }));
    },
  };
}

/** Brings back what ran before: what was made goes, what was kept gets its name again and starts, what was stopped starts. */
export async function bringBack(engine: Engine, { made, kept, stopped }: RescueState): Promise<Restored> {
  // Without its anonymous volumes: they may be those of the one it was to replace.
  for (const id of [...made].reverse())
    await unlessGone(
      engine.send("DELETE", `/containers/${id}`, { query: { force: true }, timeoutMs: 60_000 }),
    );
  const back: string[] = [];
  let waiting: readonly Waiting[] = [
    ...kept.map(({ id, name, wasRunning }) => ({ id, name, start: wasRunning, rename: true })),
    ...stopped.map((id) => ({ id, name: id.slice(0, 12), start: true, rename: false })),
  ];
  let failed: Restored["failed"] = [];
  // One that lives in another's network starts after it: as long as some come back, the others are tried again.
  for (let left = Number.POSITIVE_INFINITY; waiting.length > 0 && waiting.length < left; ) {
    left = waiting.length;
    const tried = await Promise.all(waiting.map((each) => comeBack(engine, each)));
    back.push(...tried.flatMap(({ name, why }) => (why === null ? [name] : [])));
    failed = tried.flatMap(({ name, why }) => (why === null ? [] : [{ name, why }]));
    waiting = waiting.filter((_, index) => tried[index]?.why !== null);
  }
  return { back: back.sort(), failed };
}

interface Waiting {
  readonly id: string;
  readonly name: string;
  readonly start: boolean;
  readonly rename: boolean;
}

async function comeBack(engine: Engine, { id, name, start, rename }: Waiting) {
  try {
    const { Name = "", State } = await inspect(engine, id);
    const present = Name.replace(/^\//, "");
    if (rename && present !== name)
      await engine.send("POST", `/containers/${id}/rename`, { query: { name } });
    if (start && State?.Running !== true)
      await engine.send("POST", `/containers/${id}/start`, { timeoutMs: 60_000 });
    return { name: rename ? name : present, why: null };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { name, why: error.engineText ?? error.message };
  }
}

function inspect(engine: Engine, id: string): Promise<WireContainerInspect> {
  return engine.get<WireContainerInspect>(`/containers/${id}/json`);
}

async function unlessGone(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!isAppError(error) || error.code !== "not_found") throw error;
  }
}
