"use client";

import { useSyncExternalStore } from "react";

interface Clock {
  subscribe: (listener: () => void) => () => void;
  now: () => number;
}

const clocks = new Map<number, Clock>();

/** One timer per step for the whole page; it runs only while something listens. */
function clock(stepMs: number): Clock {
  const known = clocks.get(stepMs);
  if (known) return known;
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  let now = 0;
  const made: Clock = {
    now: () => {
      if (now === 0) now = Date.now();
      return now;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      timer ??= setInterval(() => {
        now = Date.now();
        for (const each of listeners) each();
      }, stepMs);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
        now = 0;
      };
    },
  };
  clocks.set(stepMs, made);
  return made;
}

/** Milliseconds since the epoch, renewed every `stepMs`; 0 on the server and while hydrating. */
export function useNow(stepMs: number): number {
  const { subscribe, now } = clock(stepMs);
  return useSyncExternalStore(subscribe, now, () => 0);
}
