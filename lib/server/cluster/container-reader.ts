import type { Logger } from "pino";
import { asList } from "#lib/server/docker/as-list.ts";
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
/** How long a list may contradict what was told of a container before we believe the list. */
const longestContradictionMs = 30_000;
const isAlive = (state: string | undefined) => state === "running" || state === "paused";
/** What a container is listed as once the list knows of the event. Engines tell of these before their lists know. */
const outcomes: Readonly<Record<string, (state: string | undefined) => boolean>> = {
  die: (state) => !isAlive(state),
  pause: (state) => state !== "running",
  unpause: (state) => state !== "paused",
};

export function createContainerReader(options: ContainerReaderOptions): ContainerReader {
  const { link, log, gatherMs = 100, repeatMs = 60_000, retryMs = 5_000 } = options;
  let timer: NodeJS.Timeout | null = null;
  let dueAt = 0;
  /** Not before this moment: the last read was as dear as that. */
  let restUntil = 0;
  let reading = false;
  let again = false;
  let stopped = false;
  /** Containers of which something was told that is not in the list yet, and when it was told. */
  const awaited = new Map<string, { since: number; isListed: (state: string | undefined) => boolean }>();
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
      const path = "/containers/json";
      const call = { query: { all: true }, signal: link.signal() };
      const rows = asList(await engine.get<WireContainer[]>(path, call), engine.label, path);
      if (!stopped) options.onRows(rows);
      pauseMs = pauseAfter(rows);
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

  function pauseAfter(rows: readonly WireContainer[]): number {
    const states = new Map(rows.map(({ Id, State }) => [Id, State]));
    for (const [id, { since, isListed }] of awaited)
      if (isListed(states.get(id)) || Date.now() - since > longestContradictionMs) awaited.delete(id);
    lookAgainMs = awaited.size === 0 ? 0 : Math.min(Math.max(lookAgainMs * 2, 2 * gatherMs), retryMs);
    return awaited.size === 0 ? repeatMs : lookAgainMs;
  }

  function soon(): void {
    if (reading) again = true;
    else plan(gatherMs);
  }

  return {
    heard({ Action, Actor }) {
      // What these two lead to is told by `die`.
      if (Action === "kill" || Action === "stop") return;
      const isListed = outcomes[Action];
      if (isListed) awaited.set(Actor.ID, { since: Date.now(), isListed });
      if (Action === "start" || Action === "destroy") awaited.delete(Actor.ID);
      soon();
    },
    soon,
    stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
