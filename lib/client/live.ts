import { closeCodes } from "#lib/shared/close-codes.ts";
import type { ErrorCode } from "#lib/shared/errors.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import type { ClientFrame, ServerFrame } from "#lib/shared/topics.ts";
import { type ClusterTopic, createClusterTopic } from "./cluster-topic.ts";

/** What the live socket is doing. `signedOut`: it will not come back by itself. */
export interface ConnectionInfo {
  readonly state: "live" | "reconnecting" | "signedOut";
  /** When the picture was last known to be current (this browser's clock, ms); null while live. */
  readonly lastSeenAt: number | null;
  /** The server runs another build than the one this page came from: reload to get it. */
  readonly newBuild: boolean;
  /** Rises whenever somebody may do more or less than before: the page is to be asked for again. */
  readonly accessChanges: number;
}

/** The part of WebSocket that is used. */
export interface LiveSocket {
  readonly readyState: number;
  send(text: string): void;
  close(): void;
  addEventListener(type: "open", listener: () => void): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: "close", listener: (event: { readonly code: number }) => void): void;
}

export interface LiveOptions {
  readonly open: () => LiveSocket;
  /** Asked when sockets are refused without a word: is this browser signed out? */
  readonly isSignedOut: () => Promise<boolean>;
  readonly random?: () => number;
  /** Errors of a subscription: cluster unknown, not allowed. */
  readonly onTopicError?: (cluster: string, code: ErrorCode, message: string) => void;
}

/** One socket per tab. It opens with the first watcher and closes some time after the last one has left. */
export interface Live {
  /**
   * Watches a cluster. `initial` is the picture the page was rendered with; `listener` is called with every newer one.
   * Returns the function that ends it.
   */
  watch(initial: ClusterModel, listener: () => void): () => void;
  /** The newest picture, at least as new as `initial`. The same object until something changes. */
  model(initial: ClusterModel): ClusterModel;
  /**
   * Opens a further topic. `onAsked` is called whenever the server is asked for it, at first and after every
   * reconnect: what it sends begins anew. Returns the function that ends it.
   */
  channel(topic: ChannelTopic, handlers: ChannelHandlers): () => void;
  connection(): ConnectionInfo;
  onConnection(listener: () => void): () => void;
  /**
   * Something may have changed: the network, or this computer woke up. Ends the pause between two tries, and dials anew
   * when the server should have been heard by now.
   */
  reconnectNow(): void;
}

/** What a topic other than the picture of a cluster is asked with. */
export type ChannelTopic = TopicOf<ClientFrame>;
type TopicOf<Frame> = Frame extends { type: "subscribe"; topic: string }
  ? Frame["topic"] extends "cluster"
    ? never
    : Omit<Frame, "type" | "sub">
  : never;

type ChannelFrame = Exclude<ServerFrame, { type: "hello" | "snapshot" | "delta" }>;

export interface ChannelHandlers {
  readonly onAsked: () => void;
  readonly onFrame: (frame: ChannelFrame) => void;
}

interface Channel extends ChannelHandlers {
  readonly topic: ChannelTopic;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
/** The server says hello every 30 s: a socket that is silent for longer is dead, whatever the system says. */
const SILENCE_MS = 75_000;
/** A hello is missing by now: reason enough to dial anew after waking up, where waiting would show an old picture. */
const MISSED_MS = 40_000;
/** Timers stand still while a laptop sleeps, and its clock does not: so the clock is looked at every so often. */
const LOOK_MS = 5_000;
/** Pages change: the next one may want the same topic. */
const LINGER_MS = 5_000;
const OPEN = 1;

/** Makes the live client of a tab. */
export function createLive(options: LiveOptions): Live {
  return new LiveClient(options);
}

class LiveClient implements Live {
  private readonly options: LiveOptions;
  private readonly topics = new Map<string, ClusterTopic>();
  private readonly channels = new Map<number, Channel>();
  private readonly listeners = new Set<() => void>();
  private info: ConnectionInfo = { state: "live", lastSeenAt: null, newBuild: false, accessChanges: 0 };
  private socket: LiveSocket | null = null;
  private build: string | null = null;
  private pauseMs = FIRST_PAUSE_MS;
  private opened = false;
  private nextSub = 1;
  private retry: ReturnType<typeof setTimeout> | null = null;
  /** The server was last heard (this browser's clock), or dialled; and looks at the clock since then. */
  private heardAt = 0;
  private looks = 0;
  private silence: ReturnType<typeof setInterval> | null = null;
  private idle: ReturnType<typeof setTimeout> | null = null;

  constructor(options: LiveOptions) {
    this.options = options;
  }

  watch(initial: ClusterModel, listener: () => void): () => void {
    const topic = this.topic(initial);
    topic.listeners.add(listener);
    this.wake();
    if (!topic.asked && this.isOpen()) this.subscribe(topic);
    return () => {
      topic.listeners.delete(listener);
      this.idle ??= setTimeout(() => this.dropUnused(), LINGER_MS);
    };
  }

  channel(topic: ChannelTopic, handlers: ChannelHandlers): () => void {
    const sub = this.nextSub++;
    this.channels.set(sub, { topic, ...handlers });
    this.wake();
    if (this.isOpen()) this.ask(sub);
    return () => {
      if (!this.channels.delete(sub)) return;
      this.send({ type: "unsubscribe", sub });
      this.idle ??= setTimeout(() => this.dropUnused(), LINGER_MS);
    };
  }

  model(initial: ClusterModel): ClusterModel {
    return this.topic(initial).model;
  }

  connection(): ConnectionInfo {
    return this.info;
  }

  onConnection(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  reconnectNow(): void {
    if (this.socket !== null && Date.now() - this.heardAt >= MISSED_MS) this.giveUp();
    if (this.retry === null) return;
    clearTimeout(this.retry);
    this.retry = null;
    this.connect();
  }

  private topic(initial: ClusterModel): ClusterTopic {
    const id = initial.info.id;
    let topic = this.topics.get(id);
    if (!topic) {
      topic = createClusterTopic(id, initial, this.nextSub++);
      this.topics.set(id, topic);
    }
    topic.seed(initial);
    return topic;
  }

  /** Somebody wants something: the socket stays, or is opened. */
  private wake(): void {
    if (this.idle !== null) clearTimeout(this.idle);
    this.idle = null;
    // Also after signing out: somebody may have signed in again without leaving the tab.
    if (this.socket === null && this.retry === null) this.connect();
  }

  private isOpen(): boolean {
    return this.socket?.readyState === OPEN;
  }

  private connect(): void {
    const socket = this.options.open();
    this.socket = socket;
    this.opened = false;
    this.listenForSilence();
    socket.addEventListener("open", () => {
      this.opened = true;
      for (const topic of this.topics.values()) if (topic.listeners.size > 0) this.subscribe(topic);
      for (const sub of this.channels.keys()) this.ask(sub);
    });
    socket.addEventListener("message", ({ data }) => {
      if (this.socket === socket) this.receive(String(data));
    });
    socket.addEventListener("close", ({ code }) => {
      if (this.socket === socket) void this.lost(code);
    });
  }

  private subscribe(topic: ClusterTopic): void {
    topic.asked = true;
    topic.resyncing = false;
    const { sub, id, model } = topic;
    this.send({ type: "subscribe", sub, topic: "cluster", cluster: id, have: model.seq });
  }

  private ask(sub: number): void {
    const channel = this.channels.get(sub);
    if (!channel) return;
    channel.onAsked();
    this.send({ type: "subscribe", sub, ...channel.topic });
  }

  private send(frame: ClientFrame): void {
    if (this.isOpen()) this.socket?.send(JSON.stringify(frame));
  }

  private receive(text: string): void {
    this.listenForSilence();
    const frame = JSON.parse(text) as ServerFrame;
    if (frame.type === "hello") {
      this.build ??= frame.build;
      this.pauseMs = FIRST_PAUSE_MS;
      this.change({ state: "live", lastSeenAt: null, newBuild: this.build !== frame.build });
      return;
    }
    const topic = [...this.topics.values()].find(({ sub }) => sub === frame.sub);
    if (!topic) {
      if (frame.type !== "snapshot" && frame.type !== "delta") this.channels.get(frame.sub)?.onFrame(frame);
      return;
    }
    if (frame.type === "error") this.options.onTopicError?.(topic.id, frame.code, frame.message);
    else if (frame.type === "snapshot") {
      topic.resyncing = false;
      topic.replace(frame.model);
    } else if (frame.type === "delta" && !topic.apply(frame.delta) && !topic.resyncing) {
      // Once: further steps may come before the snapshot does.
      topic.resyncing = true;
      this.send({ type: "resync", sub: topic.sub });
    }
  }

  private async lost(code: number): Promise<void> {
    this.socket = null;
    this.stopListening();
    for (const topic of this.topics.values()) topic.asked = false;
    const wasLive = this.info.state === "live";
    // A computer that slept learns of the loss when it wakes up; its picture is as old as the last word of the server.
    const seenAt = Date.now() - this.heardAt >= MISSED_MS ? this.heardAt : Date.now();
    const lastSeenAt = wasLive ? seenAt : this.info.lastSeenAt;
    if (code === closeCodes.signedOut) return this.change({ state: "signedOut", lastSeenAt });
    if (code === closeCodes.accessChanged) {
      this.change({ accessChanges: this.info.accessChanges + 1 });
      // Not a failure: what the page shows is asked for again at once, and judged anew.
      return this.connect();
    }
    this.change({ state: "reconnecting", lastSeenAt });
    const pause = this.pauseMs * (1 - (this.options.random ?? Math.random)() / 2);
    this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
    this.retry = setTimeout(() => {
      this.retry = null;
      this.connect();
    }, pause);
    // A browser does not tell why a socket was refused.
    if (this.opened || !(await this.options.isSignedOut()) || this.isOpen()) return;
    if (this.retry !== null) clearTimeout(this.retry);
    this.retry = null;
    this.change({ state: "signedOut" });
  }

  private listenForSilence(): void {
    this.heardAt = Date.now();
    this.looks = 0;
    this.silence ??= setInterval(() => {
      this.looks += 1;
      // The clock knows of a sleep, the looks do not mind a clock that is set back.
      if (Math.max(Date.now() - this.heardAt, this.looks * LOOK_MS) >= SILENCE_MS) this.giveUp();
    }, LOOK_MS);
  }

  private stopListening(): void {
    if (this.silence !== null) clearInterval(this.silence);
    this.silence = null;
  }

  private giveUp(): void {
    this.socket?.close();
    // A dead socket may take minutes to say that it closed.
    void this.lost(closeCodes.goingAway);
  }

  private dropUnused(): void {
    this.idle = null;
    for (const topic of this.topics.values()) {
      if (topic.listeners.size > 0) continue;
      if (topic.asked) this.send({ type: "unsubscribe", sub: topic.sub });
      this.topics.delete(topic.id);
    }
    if (this.topics.size > 0 || this.channels.size > 0) return;
    if (this.retry !== null) clearTimeout(this.retry);
    this.stopListening();
    this.retry = null;
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  private change(part: Partial<ConnectionInfo>): void {
    const next = { ...this.info, ...part };
    const same = (Object.keys(next) as (keyof ConnectionInfo)[]).every((key) => next[key] === this.info[key]);
    if (same) return;
    this.info = next;
    for (const listener of [...this.listeners]) listener();
  }
}
