import type { Phrase } from "../i18n/phrase.ts";
import type { Slot } from "./slots.ts";
import type { Tone } from "./task-state.ts";
import type { NodeView, ServiceView } from "./types.ts";

/** How a service is, in the order of attention of look.md §4: earlier ones are shown first. */
export const healthKinds = [
  "failing", "update_paused", "waiting", "unhealthy", "unknown", "updating", "starting", "rolled_back",
  "healthy", "job_done", "off",
] as const; // biome-ignore format: one block
export type HealthKind = (typeof healthKinds)[number];

export interface ServiceHealth {
  readonly kind: HealthKind;
  readonly tone: Tone;
  readonly word: Phrase;
  readonly cause: Phrase | null;
  /** Tasks that run; null when nobody can know because their nodes do not answer. */
  readonly running: number | null;
  readonly desired: number;
  /** Replaced and all tasks of an update that is under way. */
  readonly progress: { readonly done: number; readonly total: number } | null;
}

/** What a verdict is made from: the service, its slots and the counts over them. */
export interface Facts {
  readonly service: ServiceView;
  readonly slots: readonly Slot[];
  readonly nodes: Readonly<Record<string, NodeView>>;
  /** Read only where the verdict depends on it: one that does not is good for as long as its tasks are the same. */
  readonly now: number;
  readonly running: number;
  readonly desired: number;
  readonly replaced: number;
}
export type Verdict = Omit<ServiceHealth, "running" | "desired">;

/** Makes a verdict. */
export function verdict(kind: HealthKind, tone: Tone, word: Phrase, cause: Phrase | null = null): Verdict {
  return { kind, tone, word, cause, progress: null };
}
