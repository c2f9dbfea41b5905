import { asList } from "#lib/server/docker/as-list.ts";
import type { Engine, Told } from "#lib/server/docker/engine.ts";
import { causeOf } from "#lib/server/docker/errors.ts";
import { AppError, type ErrorCode, isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { Link } from "./link.ts";
import { isManager, type ReadFacts, WAITING_MS } from "./phase.ts";

/** Query of a read; objects become JSON. */
export type Query = Readonly<Record<string, string | number | boolean | object>>;

/** Reads of lists of swarm state from whichever manager answers: what is no list is no answer. */
export interface SwarmReads {
  /** Tries the manager that answered last; another one at once when it fails, or beside it when it takes long. */
  get<T>(path: string, query?: Query): Promise<T>;
  /** The same for a list of which only what `keep` makes of each item stays in memory. */
  list<T, Kept>(path: string, keep: (item: T) => Kept, query?: Query): Promise<Kept[]>;
  /**
   * The same for a list that may be long: that it takes time does not mean that there is no leader. When it does, a
   * small read is made to find out.
   */
  listLong<T, Kept>(path: string, keep: (item: T) => Kept, query?: Query): Promise<Kept[]>;
  /** As `get`, where the text of each item is wanted, too: see Engine.listWithTexts. Half a document is no answer here either. */
  listWithTexts<T>(path: string, query?: Query, known?: ReadonlyMap<string, T>): Promise<Told<T>[]>;
  facts(): ReadFacts;
  /** A manager to write to: the one that answered last, else any. Throws why there is none. */
  manager(): Engine;
  stop(): void;
}

export interface SwarmReadsOptions {
  readonly links: () => readonly Link[];
  readonly now: () => number;
  /** `facts` may have changed. */
  readonly onChange: () => void;
  /** The first good answer after failures. */
  readonly onRecovered: () => void;
}

/** A manager without a leader answers after 12 to 20 s (swarm-facts §5). */
const READ_TIMEOUT_MS = 30_000;
const HEDGE_MS = 2_000;

/** Failures another manager may not have. Everything else is the swarm's own answer. */
const tryAnother: ReadonlySet<ErrorCode> = new Set([
  "no_engine", "engine_error", "engine_timeout", "electing", "no_quorum", "not_a_manager", "not_in_swarm", "swarm_locked",
  "node_unreachable",
]); // biome-ignore format: one list

/**
 * True when another manager may answer what this one did not. An error of the engine itself is no answer of the swarm, in
 * whatever words it is told.
 */
function isElsewhere(error: unknown): error is AppError {
  if (!isAppError(error)) return false;
  return tryAnother.has(error.code) || (causeOf(error)?.status ?? 0) >= 500;
}

export function createSwarmReads({ links, now, onChange, onRecovered }: SwarmReadsOptions): SwarmReads {
  const waiting = new Set<{ since: number }>();
  const timers = new Set<NodeJS.Timeout>();
  let preferred: Link | null = null;
  let okAt: number | null = null;
  let failingSince: number | null = null;
  let lastError: ReadFacts["error"] = null;

  function managers(): Link[] {
    const usable = links().filter(
      (link) => link.engine() !== null && isManager(link.state().facts?.swarm ?? null),
    );
    return usable.sort((a, b) => Number(b === preferred) - Number(a === preferred));
  }

  function succeeded(link: Link | null): void {
    if (link) preferred = link;
    okAt = now();
    const recovered = failingSince !== null;
    failingSince = null;
    lastError = null;
    if (recovered) onRecovered();
  }

  function failed(error: AppError, since: number): void {
    // An answer that came after this read began is newer than its failure.
    if (okAt !== null && okAt > since && error.code === "engine_timeout") return;
    failingSince ??= since;
    lastError = { code: error.code, text: error.engineText ?? error.message };
    onChange();
  }

  async function read<T>(
    path: string,
    query: Query | undefined,
    onLate: () => void,
    long: boolean,
    ask: Ask<T> = async (engine, options) => asList(await engine.get<T>(path, options), engine.label, path),
  ): Promise<T> {
    const candidates = managers();
    if (candidates.length === 0) throw noManager(links());
    const wait = { since: now() };
    if (!long) waiting.add(wait);
    const timer = setTimeout(onLate, WAITING_MS + 50);
    timers.add(timer);
    try {
      const { link, value } = await firstAnswer(candidates, (each, signal) =>
        callThrough<T>(each, ask, signal, query),
      );
      waiting.delete(wait);
      const news = okAt === null || failingSince !== null || now() - wait.since >= WAITING_MS;
      succeeded(link);
      if (news) onChange();
      return value;
    } catch (error) {
      waiting.delete(wait);
      if (!isAppError(error)) throw error;
      if (isElsewhere(error)) failed(error, wait.since);
      else succeeded(null);
      throw error;
    } finally {
      clearTimeout(timer);
      timers.delete(timer);
    }
  }

  const get = <T>(path: string, query?: Query) => read<T>(path, query, onChange, false);
  const probe = () => void get("/nodes", { filters: { role: ["manager"] } }).catch(() => undefined);

  return {
    get,
    list: <T, Kept>(path: string, keep: (item: T) => Kept, query?: Query) =>
      read(path, query, onChange, false, (engine, options) => engine.list(path, keep, options)),
    listLong: <T, Kept>(path: string, keep: (item: T) => Kept, query?: Query) =>
      read(path, query, probe, true, (engine, options) => engine.list(path, keep, options)),
    listWithTexts: <T>(path: string, query?: Query, known?: ReadonlyMap<string, T>) =>
      read(path, query, onChange, false, (engine, options) => engine.listWithTexts(path, options, known)),
    facts: () => ({
      okAt,
      failingSince,
      error: lastError,
      waitingSince: waiting.size === 0 ? null : Math.min(...[...waiting].map(({ since }) => since)),
    }),
    manager() {
      const engine = managers()[0]?.engine();
      if (!engine) throw noManager(links());
      return engine;
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** One question to one engine. */
type Ask<T> = (
  engine: Engine,
  options: { readonly query: Query; readonly timeoutMs: number; readonly signal: AbortSignal },
) => Promise<T>;

async function callThrough<T>(link: Link, ask: Ask<T>, signal: AbortSignal, query: Query = {}): Promise<T> {
  const engine = link.engine();
  if (!engine) throw noManager([link]);
  try {
    const bound = AbortSignal.any([signal, link.signal()]);
    return await ask(engine, { query, timeoutMs: READ_TIMEOUT_MS, signal: bound });
  } catch (error) {
    if (isAppError(error) && (error.code === "not_a_manager" || error.code === "not_in_swarm"))
      link.refresh();
    throw error;
  }
}

/** Asks one after the other, the next one also when an answer takes long; the first good answer ends the rest. */
function firstAnswer<T>(
  links: readonly Link[],
  call: (link: Link, signal: AbortSignal) => Promise<T>,
): Promise<{ link: Link; value: T }> {
  const rest = new AbortController();
  return new Promise((resolve, reject) => {
    let next = 0;
    let open = 0;
    let timer: NodeJS.Timeout | undefined;
    const errors: unknown[] = [];
    function finish(act: () => void): void {
      clearTimeout(timer);
      rest.abort();
      act();
    }
    function startNext(): void {
      clearTimeout(timer);
      const link = links[next];
      if (!link) return;
      next += 1;
      open += 1;
      if (next < links.length) timer = setTimeout(startNext, HEDGE_MS);
      call(link, rest.signal).then(
        (value) => finish(() => resolve({ link, value })),
        (error: unknown) => {
          open -= 1;
          errors.push(error);
          if (!isElsewhere(error)) finish(() => reject(error));
          else if (next < links.length) startNext();
          else if (open === 0) finish(() => reject(mostTelling(errors)));
        },
      );
    }
    startNext();
  });
}

/** Of several managers' errors the one about the swarm says more than a broken socket. */
function mostTelling(errors: readonly unknown[]): unknown {
  const byCode = (code: ErrorCode) => errors.find((error) => isAppError(error) && error.code === code);
  return byCode("no_quorum") ?? byCode("electing") ?? byCode("engine_timeout") ?? errors[0];
}

function noManager(links: readonly Link[]): AppError {
  const alive = links.filter((link) => link.engine() !== null);
  const states = new Set(alive.map((link) => link.state().facts?.swarm.state));
  if (alive.length === 0) return new AppError("no_engine", t("states.call.noEngine"));
  if (states.has("locked")) return new AppError("swarm_locked", t("states.call.locked"));
  if (states.has("active") || states.has("pending")) {
    return new AppError("not_a_manager", t("states.call.workerOnly"));
  }
  return new AppError("not_in_swarm", t("states.call.notInSwarm"));
}
