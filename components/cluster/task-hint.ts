"use client";

import { useSyncExternalStore } from "react";

let hinted: string | null = null;
const listeners = new Set<() => void>();

/** Shows the card of a task that has no element to focus (a dot); null takes it away. */
export function hintTask(taskId: string | null): void {
  if (taskId === hinted) return;
  hinted = taskId;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Id of the task whose card the keyboard asks for. */
export function useHintedTask(): string | null {
  return useSyncExternalStore(
    subscribe,
    () => hinted,
    () => null,
  );
}
