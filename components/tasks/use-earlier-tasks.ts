"use client";

import { useEffect, useRef } from "react";
import useSWR from "swr";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { api } from "#lib/client/api.ts";
import type { ListAnswer } from "#lib/shared/api/types.ts";
import type { TaskView } from "#lib/shared/model/types.ts";

/** Tasks end in crowds: they are read again this long after the first of them, ms. */
const pauseMs = 3_000;

export interface EarlierTasks {
  /** Null while they are being read, and while nobody wants them. */
  readonly tasks: readonly TaskView[] | null;
  readonly error: Error | null;
  readonly reload: () => void;
}

/** Tasks that the picture no longer holds: read when somebody wants them, and again when tasks come or go. */
export function useEarlierTasks(isWanted: boolean): EarlierTasks {
  const { model, apiPath } = useCluster();
  const key = isWanted ? apiPath("/tasks?history=1") : null;
  const { data, error, mutate } = useSWR<ListAnswer<TaskView>, Error>(
    key,
    (path: string) => api.get<ListAnswer<TaskView>>(path),
    { revalidateOnFocus: false, keepPreviousData: true },
  );
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const seen = useRef(model.tasks);
  useEffect(() => {
    if (seen.current === model.tasks) return;
    seen.current = model.tasks;
    if (!isWanted || timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      void mutate();
    }, pauseMs);
  }, [model.tasks, isWanted, mutate]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    tasks: isWanted ? (data?.items ?? null) : null,
    error: error ?? null,
    reload: () => void mutate(),
  };
}
