"use client";

import { useCallback, useRef, useSyncExternalStore } from "react";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import { browserLive } from "./browser-live.ts";

/**
 * The live picture of a cluster. `initial` is the snapshot the page was rendered with on the server; from then on the
 * component renders again with every change. Prefer `useClusterValue` where a part is enough.
 */
export function useClusterModel(initial: ClusterModel): ClusterModel {
  return useClusterValue(initial, whole);
}

const whole = (model: ClusterModel) => model;

/**
 * A part of the live picture: renders again only when that part has changed. `select` should be a stable function
 * (defined outside of the component, or memoised); entities keep their identity while they do not change, so picking
 * one needs no `isEqual`.
 */
export function useClusterValue<T>(
  initial: ClusterModel,
  select: (model: ClusterModel) => T,
  isEqual: (a: T, b: T) => boolean = Object.is,
): T {
  const last = useRef<{ model: ClusterModel; select: (model: ClusterModel) => T; value: T } | null>(null);
  const watch = useCallback((listener: () => void) => browserLive().watch(initial, listener), [initial]);
  const read = useCallback(() => {
    const model = browserLive().model(initial);
    const before = last.current;
    if (before?.model === model && before.select === select) return before.value;
    const value = select(model);
    const kept = before !== null && isEqual(before.value, value) ? before.value : value;
    last.current = { model, select, value: kept };
    return kept;
  }, [initial, select, isEqual]);
  const first = useRef<T | null>(null);
  const readOnServer = useCallback(() => {
    first.current ??= select(initial);
    return first.current;
  }, [initial, select]);
  return useSyncExternalStore(watch, read, readOnServer);
}
