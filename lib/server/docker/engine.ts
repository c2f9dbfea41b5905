import type { IncomingMessage } from "node:http";
import type { Duplex, Readable } from "node:stream";
import { text as readText } from "node:stream/consumers";
import { isAppError } from "#lib/shared/errors.ts";
import { negotiate } from "./api-version.ts";
import { ConnectError, explainFailure } from "./connect-error.ts";
import { type CallPlace, Deadline } from "./deadline.ts";
import { createDialer, type Dialer } from "./dial.ts";
import type { Endpoint } from "./endpoint.ts";
import { closedWhileIdle, limited, refusal } from "./engine-answers.ts";
import { type EngineFacts, engineFacts } from "./engine-facts.ts";
import { EngineFailure, toAppError } from "./errors.ts";
import { linesOf, parseEvent, sinceParameter } from "./event-stream.ts";
import { JsonItems } from "./json-items.ts";
import type { DockerEvent, WireInfo, WireVersion } from "./wire.ts";

export interface CallOptions {
  /** Objects become JSON, as `filters` wants. */
  readonly query?: Readonly<Record<string, string | number | boolean | object>>;
  /** Milliseconds for the whole answer. Default 10 s for reads, 30 s for writes (a leader election takes 15). */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface SendOptions extends CallOptions {
  /** An object, or the exact JSON text to send. */
  readonly body?: object | string;
  /** Bytes to send instead of `body`, as they come; name their Content-Type in `headers`. */
  readonly upload?: Readable;
}

export interface StreamOptions extends Pick<SendOptions, "query" | "body" | "upload" | "headers"> {
  /** Default GET. HEAD answers no bytes: it ends once the engine has said that the thing is there. */
  readonly method?: "GET" | "HEAD" | "POST" | "PUT";
  readonly signal: AbortSignal;
  /** How long the engine may take until it answers, ms. Default 10 s. */
  readonly timeoutMs?: number;
  /** The engine has answered. Called once, before the first bytes. */
  readonly onOpen?: () => void;
}

export interface EventOptions {
  readonly filters: Readonly<Record<string, readonly string[]>>;
  /** Replay from here (nanoseconds since 1970 as text, DockerEvent.timeNano). */
  readonly sinceNano?: string;
  readonly signal: AbortSignal;
  /** The engine has answered: events from now on are not lost. Called once, before the first event. */
  readonly onOpen?: () => void;
  /** A line came that is no event. */
  readonly onGarbage?: () => void;
}

/**
 * One Docker Engine. Every failure of a call is an AppError whose cause is an EngineFailure and whose message names
 * engine and path. Nothing is queued or repeated, but for a read whose kept-alive connection had just been closed.
 */
export interface Engine {
  readonly label: string;
  /** Calls made since creation, for the "engine calls" figures. */
  readonly calls: number;
  /** What `connect` learned last; null before. */
  readonly facts: EngineFacts | null;
  /** Negotiates the API version and reads who this engine is; call it again after trouble. Throws ConnectError. */
  connect(options?: { timeoutMs?: number; signal?: AbortSignal }): Promise<EngineFacts>;
  /** The parsed answer. The caller maps it: nothing about its shape is checked here. */
  get<T>(path: string, options?: CallOptions): Promise<T>;
  getText(path: string, options?: CallOptions): Promise<string>;
  /** The items of an answer that is a list, each parsed as it comes; of each only what `keep` makes of it stays in memory. */
  list<T, Kept>(path: string, keep: (item: T) => Kept, options?: CallOptions): Promise<Kept[]>;
  /** The items and their texts. One whose text is among the `known` ones is that very object, and not parsed again. */
  listWithTexts<T>(path: string, options?: CallOptions, known?: ReadonlyMap<string, T>): Promise<Told<T>[]>;
  /** Answers the body as text, empty when there is none. */
  send(method: "POST" | "PUT" | "DELETE", path: string, options?: SendOptions): Promise<string>;
  /** The bytes of an answer that goes on, until it ends or `signal` aborts (both end quietly). Throws AppError when it breaks. */
  stream(path: string, options: StreamOptions): AsyncIterable<Uint8Array>;
  /**
   * A raw connection taken over from HTTP (exec, attach). The caller ends it: half-close is end of input. Throws
   * AppError when the engine refuses.
   */
  upgrade(path: string, options?: SendOptions): Promise<Duplex>;
  /** Follows events until `signal` aborts (ends quietly) or the stream ends or breaks (throws AppError). */
  events(options: EventOptions): AsyncIterable<DockerEvent>;
  /** Closes every connection; calls under way fail. */
  close(): void;
}

/** An item of a list, and the text that it was parsed from: exactly as the engine wrote it. */
export interface Told<T> {
  readonly value: T;
  readonly text: string;
}

export interface EngineOptions {
  readonly readTimeoutMs?: number;
  readonly writeTimeoutMs?: number;
}

/** Makes the client of one engine; nothing is dialled before the first call. The caller closes it. */
export function createEngine(endpoint: Endpoint, options: EngineOptions = {}): Engine {
  return new DockerEngine(endpoint, options);
}

/** Negotiation asks without a version, then in the one just found. */
interface VersionedOptions extends CallOptions {
  readonly version?: string | null;
}

/** Makes something of the bytes of an answer. */
type Take<T> = (chunks: AsyncIterable<Buffer>) => Promise<T>;

class DockerEngine implements Engine {
  readonly label: string;
  calls = 0;
  facts: EngineFacts | null = null;
  private version: string | null = null;
  private readonly endpoint: Endpoint;
  private readonly dialer: Dialer;
  private readonly readTimeoutMs: number;
  private readonly writeTimeoutMs: number;
  private readonly closing = new AbortController();

  constructor(endpoint: Endpoint, options: EngineOptions) {
    this.endpoint = endpoint;
    this.label = endpoint.label;
    this.dialer = createDialer(endpoint);
    this.readTimeoutMs = options.readTimeoutMs ?? 10_000;
    this.writeTimeoutMs = options.writeTimeoutMs ?? 30_000;
  }

  async connect(options: { timeoutMs?: number; signal?: AbortSignal } = {}): Promise<EngineFacts> {
    const limits = {
      timeoutMs: options.timeoutMs ?? 5_000,
      ...(options.signal && { signal: options.signal }),
    };
    try {
      const version = await this.get<WireVersion>("/version", { ...limits, version: null });
      const spoken = negotiate({
        api: String(version?.ApiVersion ?? ""),
        minApi: String(version?.MinAPIVersion ?? "1.0"),
        engine: String(version?.Version ?? "?"),
      });
      if (!spoken.ok) {
        const { result, detail } = spoken;
        throw new ConnectError({ target: this.label, result, detail, gid: null });
      }
      const info = await this.get<WireInfo>("/info", { ...limits, version: `v${spoken.version}` });
      this.version = `v${spoken.version}`;
      this.facts = engineFacts(version, info, spoken.version);
      return this.facts;
    } catch (error) {
      throw await explainFailure(this.endpoint, error);
    }
  }

  async get<T>(path: string, options: VersionedOptions = {}): Promise<T> {
    const text = await this.getText(path, options);
    try {
      return JSON.parse(text) as T;
    } catch (cause) {
      throw this.notJson(path, cause);
    }
  }

  getText(path: string, options: VersionedOptions = {}): Promise<string> {
    return this.read(path, options, readText);
  }

  list<T, Kept>(path: string, keep: (item: T) => Kept, options: CallOptions = {}): Promise<Kept[]> {
    return this.items(path, options, (text) => keep(JSON.parse(text) as T));
  }

  listWithTexts<T>(path: string, options: CallOptions = {}, known?: ReadonlyMap<string, T>) {
    return this.items(path, options, (text): Told<T> => {
      return { value: known?.get(text) ?? (JSON.parse(text) as T), text };
    });
  }

  send(method: "POST" | "PUT" | "DELETE", path: string, options: SendOptions = {}): Promise<string> {
    const limits = { ...options, timeoutMs: options.timeoutMs ?? this.writeTimeoutMs };
    return this.call(method, path, limits, readText);
  }

  async *stream(path: string, options: StreamOptions): AsyncGenerator<Uint8Array> {
    const { method = "GET", signal, onOpen, timeoutMs = this.readTimeoutMs, ...request } = options;
    const where = this.placeOf(`${method} ${path}`, timeoutMs);
    const deadline = new Deadline(where, signal, this.closing.signal);
    try {
      const answer = await this.open(method, path, request, deadline);
      // Open now: the next bytes may be hours away, so only the transport tells a dead peer.
      deadline.disarm();
      answer.socket?.setKeepAlive(true, 15_000);
      onOpen?.();
      yield* deadline.guard(answer) as AsyncIterable<Uint8Array>;
    } catch (error) {
      if (signal.aborted) return;
      throw deadline.explain(error);
    } finally {
      deadline.end();
    }
  }

  async *events({
    filters,
    sinceNano,
    signal,
    onOpen,
    onGarbage,
  }: EventOptions): AsyncGenerator<DockerEvent> {
    const query = { filters, ...(sinceNano === undefined ? {} : { since: sinceParameter(sinceNano) }) };
    const where = this.placeOf("GET /events", this.readTimeoutMs);
    try {
      for await (const line of linesOf(
        this.stream("/events", { query, signal, ...(onOpen && { onOpen }) }),
      )) {
        const event = parseEvent(line);
        if (event) yield event;
        else onGarbage?.();
      }
    } catch (error) {
      // What is no AppError yet came from reading the lines.
      throw isAppError(error)
        ? error
        : toAppError(new EngineFailure("broken", where, { text: String(error) }));
    }
    if (signal.aborted) return;
    throw toAppError(new EngineFailure("broken", where, { text: "the engine ended the event stream" }));
  }

  async upgrade(path: string, options: SendOptions = {}): Promise<Duplex> {
    const timeoutMs = options.timeoutMs ?? this.readTimeoutMs;
    const where = this.placeOf(`POST ${path}`, timeoutMs);
    const deadline = new Deadline(where, options.signal, this.closing.signal);
    this.calls += 1;
    let taken: Duplex | null = null;
    try {
      // The request's own signal would outlive the call and end the connection that was taken over.
      const asked = this.dialer.upgrade({
        ...this.requestOf("POST", path, options),
        signal: this.closing.signal,
      });
      deadline.signal.addEventListener(
        "abort",
        () =>
          void asked.then(
            ({ socket }) => socket !== taken && socket?.destroy(),
            () => {},
          ),
      );
      const { socket, answer } = await deadline.race(asked);
      taken = socket;
      if (socket !== null) return socket;
      throw await refusal(answer, deadline);
    } catch (error) {
      throw deadline.explain(error);
    } finally {
      deadline.end();
    }
  }

  close(): void {
    this.closing.abort(new Error("the client was closed"));
    this.dialer.close();
  }

  private async read<T>(path: string, options: VersionedOptions, take: Take<T>): Promise<T> {
    const limits = { ...options, timeoutMs: options.timeoutMs ?? this.readTimeoutMs };
    try {
      return await this.call("GET", path, limits, take);
    } catch (error) {
      if (!closedWhileIdle(error)) throw error;
      return await this.call("GET", path, limits, take);
    }
  }

  private items<Kept>(path: string, options: CallOptions, take: (text: string) => Kept): Promise<Kept[]> {
    return this.read(path, options, async (chunks) => {
      const kept: Kept[] = [];
      const items = new JsonItems((text) => kept.push(take(text)));
      try {
        for await (const chunk of chunks) items.push(chunk);
        items.end();
      } catch (error) {
        throw error instanceof SyntaxError ? this.notJson(path, error) : error;
      }
      return kept;
    });
  }

  private notJson(path: string, cause: unknown): Error {
    const where = this.placeOf(`GET ${path}`, 0);
    return toAppError(
      new EngineFailure("answered", where, { status: 200, text: "the answer is not JSON", cause }),
    );
  }

  private async call<T>(
    method: string,
    path: string,
    options: SendOptions & VersionedOptions & { timeoutMs: number },
    take: Take<T>,
  ): Promise<T> {
    const where = this.placeOf(`${method} ${path}`, options.timeoutMs);
    const deadline = new Deadline(where, options.signal, this.closing.signal);
    try {
      const answer = await this.open(method, path, options, deadline);
      return await deadline.race(take(limited(deadline.guard(answer))));
    } catch (error) {
      throw deadline.explain(error);
    } finally {
      deadline.end();
    }
  }

  /** Sends the request and answers the response once its status is a good one; else throws EngineFailure. */
  private async open(
    method: string,
    path: string,
    options: SendOptions & VersionedOptions,
    deadline: Deadline,
  ): Promise<IncomingMessage> {
    this.calls += 1;
    const request = { ...this.requestOf(method, path, options), signal: deadline.signal };
    const answer = await deadline.race(this.dialer.request(request));
    const status = answer.statusCode ?? 0;
    if (status >= 200 && status < 300) return answer;
    throw await refusal(answer, deadline);
  }

  private placeOf(request: string, timeoutMs: number): CallPlace {
    return { engine: this.label, request, timeoutMs, isTunnel: this.endpoint.kind === "tunnel" };
  }

  private requestOf(method: string, path: string, options: SendOptions & VersionedOptions) {
    const { body, upload } = options;
    return {
      version: options.version === undefined ? this.version : options.version,
      method,
      path,
      query: options.query ?? {},
      body: upload ?? (body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body)),
      headers: { "Content-Type": "application/json", ...options.headers },
    };
  }
}
