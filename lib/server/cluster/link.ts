import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "pino";
import { ConnectError, explainFailure } from "#lib/server/docker/connect-error.ts";
import { type Endpoint, type EngineTarget, endpointOf } from "#lib/server/docker/endpoint.ts";
import { createEngine, type Engine } from "#lib/server/docker/engine.ts";
import { type EngineFacts, engineFacts } from "#lib/server/docker/engine-facts.ts";
import { causeOf } from "#lib/server/docker/errors.ts";
import type { NodeApi } from "#lib/server/docker/node-api.ts";
import type { DockerEvent, WireInfo } from "#lib/server/docker/wire.ts";
import type { ConnectAttempt } from "#lib/shared/model/types.ts";
import { atMostEvery } from "./at-most-every.ts";
import { createBackoff } from "./backoff.ts";
import { isManager } from "./phase.ts";

/** What is known about a link at this moment. */
export interface LinkState {
  /** What is dialled: socket path or URL, without credentials. */
  readonly target: string;
  readonly tried: boolean;
  readonly ok: boolean;
  readonly error: string | null;
  /** The socket accepts, the engine does not answer in time. */
  readonly frozen: boolean;
  /** What the engine said last; kept while the link is down. */
  readonly facts: EngineFacts | null;
  readonly lastOkAt: number | null;
  /** The last round of tries, best candidate first. */
  readonly attempts: readonly ConnectAttempt[];
}

/** The way to one engine: connects for ever, follows its events, knows whether it answers. */
export interface Link {
  readonly id: string;
  state(): LinkState;
  /** The engine while the link is ok, else null. */
  engine(): Engine | null;
  /** The API of the agent that this link goes through; not there, or null, where the engine is reached without one. */
  nodeApi?(): NodeApi | null;
  /** Aborted as soon as this connection is given up: calls through it need not wait any longer. */
  signal(): AbortSignal;
  /** Asks the engine again about its place in the swarm; at most one question at a time. */
  refresh(): void;
  /** Calls made to this engine since the start. */
  calls(): number;
  /** Ends the pause between two tries. */
  connectNow(): void;
  stop(): Promise<void>;
}

export interface LinkOptions {
  readonly id: string;
  /** Addresses to try in order; the first one that answers is used. */
  readonly candidates: readonly EngineTarget[];
  readonly certPath: string | null;
  /** Longest pause between tries, ms. */
  readonly maxPauseMs: number;
  readonly log: Logger;
  readonly timing?: Partial<LinkTiming>;
  /** Something in `state` has changed. */
  readonly onChange: (link: Link) => void;
  /** Events of this engine arrive from now on: what was read before may be out of date. */
  readonly onUp: (link: Link) => void;
  readonly onEvent: (link: Link, event: DockerEvent) => void;
  /** The engine told something that nobody understands: half an event, perhaps. Not more often than every 5 s. */
  readonly onMissed: (link: Link) => void;
}

/** All ms. */
export interface LinkTiming {
  /** Between two pings, and their patience: a frozen engine is found within the sum. */
  readonly beatMs: number;
  readonly pingTimeoutMs: number;
  /** /info of a manager without a leader takes 20 s; it is no reason to give the link up. */
  readonly infoTimeoutMs: number;
  /** How often a manager is asked about its place in the swarm; others are asked at every beat. */
  readonly infoEveryMs: number;
  /** From the first word of having left a swarm until it is asked again: an engine that shuts down is gone by then. */
  readonly leftMs: number;
  /** A connection that lasted so long was a good one: the next try after it comes at once. */
  readonly steadyMs: number;
}

const defaultTiming: LinkTiming = {
  beatMs: 3_000,
  pingTimeoutMs: 5_000,
  infoTimeoutMs: 25_000,
  infoEveryMs: 30_000,
  leftMs: 1_000,
  steadyMs: 5_000,
};

/**
 * What the model wants to hear of. Left out: exec_* (every health check makes three of them), and everything that
 * changes no picture.
 */
const eventFilters = {
  type: ["container", "service", "node", "network", "secret", "config", "image", "volume"],
  event: [
    "create", "start", "die", "kill", "oom", "stop", "pause", "unpause", "rename", "update", "destroy",
    "health_status", "remove", "pull", "tag", "untag", "delete", "load", "import",
  ], // biome-ignore format: one list
} as const;

/** Everything is read again for a line that is no event, and an engine may send thousands of them. */
const missedEveryMs = 5_000;

interface Session {
  readonly engine: Engine;
  readonly abort: AbortController;
}

/** Starts a link. It runs until `stop`, whatever happens to the engine. */
export function startLink(options: LinkOptions): Link {
  return new EngineLink(options);
}

class EngineLink implements Link {
  readonly id: string;
  private readonly options: LinkOptions;
  private readonly timing: LinkTiming;
  private readonly stopping = new AbortController();
  private readonly finished: Promise<void>;
  private session: Session | null = null;
  private wake = new AbortController();
  private refreshing = false;
  private infoAt = 0;
  private callsBefore = 0;
  private current: LinkState;

  constructor(options: LinkOptions) {
    this.id = options.id;
    this.options = options;
    this.timing = { ...defaultTiming, ...options.timing };
    this.current = {
      target: options.candidates[0]?.name ?? "",
      tried: false,
      ok: false,
      error: null,
      frozen: false,
      facts: null,
      lastOkAt: null,
      attempts: [],
    };
    this.finished = this.run();
  }

  state(): LinkState {
    return this.current;
  }
  engine(): Engine | null {
    return this.current.ok ? (this.session?.engine ?? null) : null;
  }
  nodeApi(): NodeApi | null {
    const [address] = this.options.candidates;
    return address?.kind === "tunnel" ? (address.nodeApi?.() ?? null) : null;
  }
  signal(): AbortSignal {
    return this.session?.abort.signal ?? AbortSignal.abort();
  }
  calls(): number {
    return this.callsBefore + (this.session?.engine.calls ?? 0);
  }
  connectNow(): void {
    this.wake.abort();
  }
  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake.abort();
    this.session?.abort.abort();
    await this.finished;
  }

  refresh(): void {
    const session = this.session;
    const facts = this.current.facts;
    if (this.refreshing || session === null || facts === null) return;
    this.refreshing = true;
    this.infoAt = Date.now();
    this.askWho(session, facts)
      .then((told) => {
        if (this.session === session) this.change({ facts: { ...facts, ...told } });
      })
      // No answer says nothing about its role: the ping decides whether the engine is alive.
      .catch((error: unknown) => this.options.log.debug({ err: error, link: this.id }, "no /info"))
      .finally(() => {
        this.refreshing = false;
      });
  }

  /**
   * An engine that shuts down leaves its swarm first, and says so on the connections that it still has. It takes no new
   * ones: that it is in no swarm any more is believed when it says so on a new one.
   */
  private async askWho({ engine, abort }: Session, before: EngineFacts) {
    const options = { timeoutMs: this.timing.infoTimeoutMs, signal: abort.signal };
    const info = await engine.get<WireInfo>("/info", options);
    const { swarm, name } = engineFacts({}, info, before.apiVersion);
    const told = { swarm, name };
    if (told.swarm.state !== "inactive" || before.swarm.state === "inactive") return told;
    await delay(this.timing.leftMs, undefined, { signal: abort.signal });
    for (const address of this.options.candidates) {
      const fresh = (await this.dialOne(address)).engine;
      fresh?.close();
      if (fresh?.facts && fresh.label === engine.label) {
        return { swarm: fresh.facts.swarm, name: fresh.facts.name };
      }
    }
    throw new Error("an engine that says that it left its swarm takes no new connection");
  }

  private change(part: Partial<LinkState>): void {
    this.current = { ...this.current, ...part };
    this.options.onChange(this);
  }

  private async run(): Promise<void> {
    const backoff = createBackoff(250, this.options.maxPauseMs);
    while (!this.stopping.signal.aborted) {
      const engine = await this.dial();
      if (engine !== null && !this.stopping.signal.aborted) {
        const began = Date.now();
        await this.serve(engine);
        // One that answers and lets go at once, again and again, is not asked four times a second.
        if (Date.now() - began >= this.timing.steadyMs) backoff.reset();
      }
      engine?.close();
      await this.pause(backoff.next());
    }
  }

  private async pause(ms: number): Promise<void> {
    if (this.stopping.signal.aborted) return;
    this.wake = new AbortController();
    await delay(ms, undefined, { signal: this.wake.signal }).catch(() => undefined);
  }

  /** Tries every candidate once; answers a connected engine or null. */
  private async dial(): Promise<Engine | null> {
    const attempts: ConnectAttempt[] = [];
    for (const address of this.options.candidates) {
      if (this.stopping.signal.aborted) return null;
      const tried = await this.dialOne(address);
      attempts.push(tried.attempt);
      if (tried.engine === null) continue;
      const { label, facts } = tried.engine;
      const now = Date.now();
      this.infoAt = now;
      this.current = { ...this.current, target: label, facts, attempts, lastOkAt: now };
      return tried.engine;
    }
    const first = attempts[0];
    this.change({
      tried: true,
      ok: false,
      attempts,
      error: first?.detail ?? null,
      frozen: first?.result === "timeout" && !first.detail.startsWith("ETIMEDOUT"),
    });
    return null;
  }

  private async dialOne(address: EngineTarget): Promise<{ engine: Engine | null; attempt: ConnectAttempt }> {
    let endpoint: Endpoint;
    try {
      endpoint = endpointOf(address, this.options.certPath);
    } catch (error) {
      if (error instanceof ConnectError) return { engine: null, attempt: error.attempt };
      throw error;
    }
    const engine = createEngine(endpoint);
    const { pingTimeoutMs, infoTimeoutMs } = this.timing;
    const { signal } = this.stopping;
    try {
      // The ping first: it tells a frozen engine from a manager that waits for a leader.
      await engine.getText("/_ping", { timeoutMs: pingTimeoutMs, signal });
      await engine.connect({ timeoutMs: infoTimeoutMs, signal });
      return { engine, attempt: { target: engine.label, result: "ok", detail: "", gid: null } };
    } catch (error) {
      engine.close();
      return { engine: null, attempt: (await explainFailure(endpoint, error)).attempt };
    }
  }

  /** Follows a connected engine until it is lost, frozen or the link is stopped. */
  private async serve(engine: Engine): Promise<void> {
    const session: Session = { engine, abort: new AbortController() };
    this.session = session;
    try {
      await Promise.race([this.followEvents(session), this.beat(session)]);
    } catch (error) {
      const frozen = causeOf(error)?.kind === "timeout";
      const text = causeOf(error)?.text ?? String(error);
      this.options.log.info({ link: this.id, target: this.current.target, frozen, err: error }, "link lost");
      this.change({ tried: true, ok: false, frozen, error: text });
    } finally {
      session.abort.abort();
      this.session = null;
      this.callsBefore += engine.calls;
      engine.close();
    }
  }

  private async followEvents({ engine, abort }: Session): Promise<void> {
    const onOpen = () => {
      if (abort.signal.aborted) return;
      this.change({ tried: true, ok: true, error: null, frozen: false });
      this.options.onUp(this);
    };
    const onGarbage = atMostEvery(missedEveryMs, () => abort.signal.aborted || this.options.onMissed(this));
    for await (const event of engine.events({
      filters: eventFilters,
      signal: abort.signal,
      onOpen,
      onGarbage,
    })) {
      this.options.onEvent(this, event);
    }
  }

  private async beat({ engine, abort }: Session): Promise<void> {
    while (!abort.signal.aborted) {
      await delay(this.timing.beatMs, undefined, { signal: abort.signal }).catch(() => undefined);
      if (abort.signal.aborted) return;
      await engine.getText("/_ping", { timeoutMs: this.timing.pingTimeoutMs, signal: abort.signal });
      this.current = { ...this.current, lastOkAt: Date.now() };
      const settled = isManager(this.current.facts?.swarm ?? null);
      if (!settled || Date.now() - this.infoAt >= this.timing.infoEveryMs) this.refresh();
    }
  }
}

/** The swarm node of the engine behind a link, as far as it has told. */
export function nodeIdOf(link: Link): string | null {
  return link.state().facts?.swarm.nodeId ?? null;
}
