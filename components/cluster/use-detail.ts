"use client";

import { useEffect, useRef, useState } from "react";
import useSWR, { useSWRConfig } from "swr";
import { api } from "#lib/client/api.ts";
import { useCluster } from "./cluster-provider.tsx";

export interface Detail<T> {
  /** The newest answer; null while there is none. */
  readonly data: T | null;
  readonly error: Error | null;
  readonly reload: () => void;
}

/** Changes come in bursts, and the last of one may be that the thing is gone. */
const gatherMs = 400;

/**
 * Something read on demand, kept fresh: read again whenever `version` changes (parts of the live picture that the
 * answer depends on); null: it is gone, so nothing is read again. `initial` is what the server rendered with.
 */
export function useDetail<T>(path: string, initial: T | null, version: readonly unknown[] | null): Detail<T> {
  const { apiPath } = useCluster();
  const { cache } = useSWRConfig();
  // Known from an earlier visit: whatever happened since then is not in it.
  const [isKnown] = useState(() => cache.get(apiPath(path))?.data !== undefined);
  const { data, error, mutate } = useSWR<T, Error>(apiPath(path), (key: string) => api.get<T>(key), {
    fallbackData: initial ?? undefined,
    revalidateOnMount: initial === null || isKnown,
    revalidateOnFocus: false,
    dedupingInterval: 300,
  });
  const seen = useRef(version);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (version === null) {
      clearTimeout(timer.current);
      timer.current = undefined;
      return;
    }
    const isSame =
      seen.current !== null &&
      seen.current.length === version.length &&
      seen.current.every((part, i) => part === version[i]);
    if (isSame) return;
    seen.current = version;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void mutate();
    }, gatherMs);
  }, [version, mutate]);
  return { data: data ?? null, error: error ?? null, reload: () => void mutate() };
}
