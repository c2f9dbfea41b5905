"use client";

import { useSyncExternalStore } from "react";

/** What something on the map uses now; null: not known. */
export interface UseNow {
  readonly cpu: number | null;
  readonly memory: number | null;
}

/** The colour of a task by its use: 0 (next to nothing) to 4, null where nothing is known or the map shows services. */
export type TintOf = (taskId: string) => number | null;

/** The numbers of the map: filled by code that comes later, read by what is drawn first. */
let nodes: ReadonlyMap<string, UseNow> = new Map();
let tasks: ReadonlyMap<string, UseNow> = new Map();
let tint: TintOf | null = null;
const listeners = new Set<() => void>();

export function setMapUse(next: {
  readonly nodes: ReadonlyMap<string, UseNow>;
  readonly tasks: ReadonlyMap<string, UseNow>;
  readonly tint: TintOf | null;
}): void {
  ({ nodes, tasks, tint } = next);
  for (const listener of [...listeners]) listener();
}

/** Tells when numbers have changed; the answer ends the telling. */
export function onMapUse(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** How tasks are coloured by use; null: by service. */
export const mapTint = (): TintOf | null => tint;

/** What a node uses now; undefined while nothing is known. */
export function useNodeUse(id: string): UseNow | undefined {
  return useSyncExternalStore(
    onMapUse,
    () => nodes.get(id),
    () => undefined,
  );
}

/** What a task uses now; undefined unless the map shows it. */
export function useTaskUse(id: string): UseNow | undefined {
  return useSyncExternalStore(
    onMapUse,
    () => tasks.get(id),
    () => undefined,
  );
}
