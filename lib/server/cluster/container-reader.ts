import type { Logger } from "pino";
import type { DockerEvent, WireContainer } from "#lib/server/docker/wire.ts";
import type { Link } from "./link.ts";

/** Label of every container that swarm made for a task. */
export const taskLabel = "com.docker.swarm.task.id";

/** Reads the containers of one link's engine when something has happened to them, never twice at the same time. */
export interface ContainerReader {
  /** Something happened to a container of this engine. */
  heard(event: DockerEvent): void;
  soon(): void;
  stop(): void;
}

export interface ContainerReaderOptions {
  readonly link: Link;
  readonly log: Logger;
  /** All containers of the engine, those that do not run too. */
  readonly onRows: (rows: readonly WireContainer[]) => void;
  /** They could not be read, while the link is up. */
  readonly onFailure: (error: unknown) => void;
  /** How long a trigger waits for others, the pause between reads that nothing asked for, and after a failure, ms. */
  readonly gatherMs?: number;
  readonly repeatMs?: number;
  readonly retryMs?: number;
}

/** Under churn an engine spends at most about this part of its time with our reads: one in eleven. */
const restPerRead = 10;
const longestRestMs = 5_000;
/** How long a container that has died may be listed as running before we believe that it runs. */
const mostAfterDeathMs = 30_000;
const alive: ReadonlySet<string | undefined> = new Set(["running", "paused"]);

export function createContainerReader(options: ContainerReaderOptions): ContainerReader {
  const { link, log, gatherMs = 100, repeatMs = 60_000, retryMs = 5_000 } = options;
  let timer: NodeJS.Timeout | null = null;
  let dueAt = 0;
  /** Not before this moment: the last read was as dear as that. */
  let restUntil = 0;
  let reading = false;
  let again = false;
  let stopped = false;
  /** Containers whose end was told but is not in the list yet, and when it was told. */
  const dying = new Map<string, number>();
  let lookAgainMs = 0;

  function plan(ms: number): void {
    if (stopped) return;
    const at = Math.max(Date.now() + ms, restUntil);
    // A stream of triggers must not put the read off for ever.
    if (timer !== null && dueAt <= at) return;
    if (timer !== null) clearTimeout(timer);
    dueAt = at;
    timer = setTimeout(() => void read(), at - Date.now());
  }

  async function read(): Promise<void> {
    timer = null;
    const engine = link.engine();
    // The link's next coming up asks for a read of its own.
    if (engine === null) return;
    reading = true;
    again = false;
    const began = Date.now();
    let pauseMs = repeatMs;
    try {
      const rows = await engine.get<WireContainer[] | null>("/containers/json", {
        query: { all: true },
        signal: link.signal(),
      });
      if (!stopped) options.onRows(rows ?? []);
      pauseMs = pauseAfter(rows ?? []);
    } catch (error) {
      log.debug({ err: error, link: link.id }, "containers could not be read");
      pauseMs = retryMs;
      if (!stopped && link.engine() === engine) options.onFailure(error);
    } finally {
      reading = false;
      restUntil = Date.now() + Math.min((Date.now() - began) * restPerRead, longestRestMs);
      plan(again ? gatherMs : pauseMs);
    }
  }

  /** Engines tell of a death before they have cleaned up after it, and list the container as running until then. */
  function pauseAfter(rows: readonly WireContainer[]): number {
    const running = new Set(rows.filter(({ State }) => alive.has(State)).map(({ Id }) => Id));
    for (const [id, since] of dying)
      if (!running.has(id) || Date.now() - since > mostAfterDeathMs) dying.delete(id);
    lookAgainMs = dying.size === 0 ? 0 : Math.min(Math.max(lookAgainMs * 2, 2 * gatherMs), retryMs);
    return dying.size === 0 ? repeatMs : lookAgainMs;
  }

  function soon(): void {
    if (reading) again = true;
    else plan(gatherMs);
  }

  return {
    heard({ Action, Actor }) {
      // What these two lead to is told by `die`.
      if (Action === "kill" || Action === "stop") return;
      if (Action === "die") dying.set(Actor.ID, Date.now());
      if (Action === "start" || Action === "destroy") dying.delete(Actor.ID);
      soon();
    },
    soon,
    stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
