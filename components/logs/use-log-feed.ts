"use client";

import "#lib/shared/i18n/pages/logs.ts";
import { useEffect, useState, useSyncExternalStore } from "react";
import { browserLive } from "#lib/client/browser-live.ts";
import { LogBuffer, type LogEntry, placeOf } from "#lib/client/log-buffer.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { LogHistogram } from "#lib/shared/logs/histogram.ts";
import { LogDecoder, type LogState } from "#lib/shared/logs/log-frames.ts";
import type { LogTarget, LogTask } from "#lib/shared/logs/log-line.ts";

/** How long the rate of lines is taken over, ms. */
const rateMs = 5_000;
/** Redrawing for new lines, at most this often, ms. */
const drawMs = 160;

/** A followed log as it is drawn: never changed, replaced by the next one. */
export interface LogPicture {
  readonly feed: LogFeed | null;
  /** All lines that are kept, by time. */
  readonly entries: readonly LogEntry[];
  readonly kept: number;
  readonly dropped: number;
  readonly state: LogState["state"];
  readonly chart: ReturnType<LogHistogram["bars"]>;
  /** Slots and nodes of tasks that the live picture does not have any more. */
  readonly tasks: ReadonlyMap<string, LogTask>;
}

const nothing: LogPicture = {
  feed: null,
  entries: [],
  kept: 0,
  dropped: 0,
  state: "connecting",
  chart: { stepMs: 0, bars: [] },
  tasks: new Map(),
};

/** Most bars of the chart. */
const mostBars = 90;

/** The followed logs of some targets in this tab. */
export class LogFeed {
  readonly buffer = new LogBuffer();
  private tasks: ReadonlyMap<string, LogTask> = new Map();
  private readonly states = new Map<string, LogState>();
  private readonly listeners = new Set<() => void>();
  private readonly closers: (() => void)[] = [];
  private receivedAt = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private picture: LogPicture = nothing;

  constructor(cluster: string, targets: readonly LogTarget[]) {
    for (const target of targets) this.closers.push(this.open(cluster, target));
    this.closers.push(this.buffer.onChange(() => this.changed()));
  }

  /** The least good state of the followed logs. */
  private state(): LogState["state"] {
    const states = [...this.states.values()].map(({ state }) => state);
    if (states.length === 0) return "connecting";
    return (
      (["interrupted", "connecting", "following"] as const).find((state) => states.includes(state)) ?? "ended"
    );
  }

  /** Lines a second over the last 5 s that lines tell of: what was there before one came is no flow. */
  rate(now: number): number {
    const entries = this.buffer.all();
    const newest = entries.at(-1)?.at ?? 0;
    if (now - this.receivedAt > rateMs) return 0;
    return (entries.length - placeOf(entries, { at: newest - rateMs, nanos: 0 })) / (rateMs / 1_000);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  snapshot = (): LogPicture => this.picture;

  close(): void {
    for (const close of this.closers) close();
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private open(cluster: string, target: LogTarget): () => void {
    const key = `${target.kind} ${target.id}`;
    let decoder = new LogDecoder();
    return browserLive().channel(
      { topic: "logs", cluster, target },
      {
        onAsked: () => {
          decoder = new LogDecoder();
        },
        onFrame: (frame) => {
          if (frame.type === "error")
            this.setState(key, { state: "ended", since: Date.now(), why: frame.message });
          if (frame.type !== "log") return;
          const { lines, tasks = [], state, missed } = frame.batch;
          if (tasks.length > 0) {
            this.tasks = new Map([...this.tasks, ...tasks.map((task) => [task.id, task] as const)]);
            this.changed();
          }
          if (state) this.setState(key, state);
          if (missed) this.buffer.notice(Date.now(), t("logs.notice.missed", { n: missed }));
          if (!lines) return;
          this.receivedAt = Date.now();
          this.buffer.add(decoder.decode(frame.batch));
        },
      },
    );
  }

  private setState(key: string, state: LogState): void {
    const before = this.states.get(key);
    this.states.set(key, state);
    if (state.why !== null && state.why !== before?.why) this.buffer.notice(state.since, state.why);
    else if (state.state === "interrupted" && before?.state === "following") {
      this.buffer.notice(state.since, t("logs.notice.interrupted"));
    }
    this.changed();
  }

  private changed(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.picture = {
        feed: this,
        entries: this.buffer.all(),
        ...this.buffer.counts(),
        state: this.state(),
        chart: this.buffer.histogram.bars(mostBars),
        tasks: this.tasks,
      };
      for (const listener of this.listeners) listener();
    }, drawMs);
  }
}

/** Follows the targets while the component is mounted. Other targets begin with an empty buffer. */
export function useLogFeed(cluster: string, targets: readonly LogTarget[]): LogPicture {
  const [feed, setFeed] = useState<LogFeed | null>(null);
  const key = targets.map(({ kind, id, node = "" }) => `${kind} ${id} ${node}`).join();
  useEffect(() => {
    const wanted = key === "" ? [] : key.split(",").map((text) => text.split(" "));
    const made = new LogFeed(
      cluster,
      wanted.map(([kind, id, node]) => ({
        kind: kind === "task" || kind === "container" ? kind : "service",
        id: id ?? "",
        ...(node && { node }),
      })),
    );
    setFeed(made);
    return () => made.close();
  }, [cluster, key]);
  return useSyncExternalStore(feed?.subscribe ?? noChange, feed?.snapshot ?? noPicture, noPicture);
}

const noChange = () => () => {};
const noPicture = () => nothing;
