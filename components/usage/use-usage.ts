"use client";

import { useCallback, useSyncExternalStore } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { usageFeed } from "#lib/client/usage-feed.ts";
import type { UsageScope } from "#lib/shared/usage/topic.ts";
import { noUsage, type UsageState } from "#lib/shared/usage/usage-state.ts";

const none = () => noUsage;

/** The use of something in this cluster, live; shared with everybody on the page who looks at the same. */
export function useUsage(scope: UsageScope): UsageState {
  const { id } = useCluster().model.info;
  const key = JSON.stringify(scope);
  const subscribe = useCallback(
    (listener: () => void) => usageFeed(id, JSON.parse(key) as UsageScope).subscribe(listener),
    [id, key],
  );
  const read = useCallback(() => usageFeed(id, JSON.parse(key) as UsageScope).state(), [id, key]);
  return useSyncExternalStore(subscribe, read, none);
}
