"use client";

import { useEffect, useRef } from "react";
import useSWR from "swr";
import { api } from "#lib/client/api.ts";
import type { AgentList } from "#lib/shared/api/agent-types.ts";

/** Round-trip times move by themselves; the answer comes from the server's memory, no engine is asked. */
const lookEveryMs = 5_000;

export interface AgentsOf {
  readonly list: AgentList | null;
  readonly error: Error | null;
  readonly reload: () => void;
}

/** The agents of a cluster: read again whenever `version` changes, and slowly while somebody looks. */
export function useAgents(cluster: string, version: string, initial: AgentList | null = null): AgentsOf {
  const path = `/clusters/${encodeURIComponent(cluster)}/agents`;
  const { data, error, mutate } = useSWR<AgentList, Error>(path, (key: string) => api.get<AgentList>(key), {
    fallbackData: initial ?? undefined,
    revalidateOnMount: initial === null,
    refreshInterval: lookEveryMs,
    dedupingInterval: 300,
  });
  const seen = useRef(version);
  useEffect(() => {
    if (seen.current === version) return;
    seen.current = version;
    void mutate();
  }, [version, mutate]);
  return { list: data ?? null, error: error ?? null, reload: () => void mutate() };
}
