/** What an event is about. `container`: a container that is not a task, or what only its engine knows of a task's. */
export const eventKinds = [
  "service",
  "task",
  "node",
  "cluster",
  "container",
  "network",
  "secret",
  "config",
] as const;
export type EventKind = (typeof eventKinds)[number];

/** How much it asks for attention. `info` is how things should go. */
export const eventSeverities = ["info", "warn", "bad"] as const;
export type EventSeverity = (typeof eventSeverities)[number];

/** Small facts of an event: numbers before and after, an exit code, the engine's sentence. Never env or label values. */
export type EventFacts = Readonly<Record<string, string | number | boolean>>;

/**
 * One thing that happened, as it is kept for a day. Times are ms since 1970. Names are those of the moment: the object
 * may be gone by now. `action` is one word of its kind: `scaled`, `failed`, `down`.
 */
export interface ClusterEvent {
  /** Grows with every event of the server. */
  readonly id: number;
  readonly at: number;
  readonly kind: EventKind;
  readonly action: string;
  readonly severity: EventSeverity;
  readonly objectId: string;
  readonly objectName: string;
  readonly serviceId: string | null;
  readonly serviceName: string | null;
  readonly stack: string | null;
  readonly nodeId: string | null;
  readonly nodeName: string | null;
  readonly taskId: string | null;
  readonly facts: EventFacts;
  /** Who did it through Shoal; null: not through Shoal, or nobody. */
  readonly actor: string | null;
}

/** An event that is not written down yet. */
export type EventDraft = Omit<ClusterEvent, "id">;

/** A page of events, newest first. */
export interface EventPage {
  readonly items: readonly ClusterEvent[];
  /** Give it as `before` for the next page; null: there are no older ones. */
  readonly next: number | null;
}
