import { useEffect } from "react";
import useSWR from "swr";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { api } from "#lib/client/api.ts";
import type { NewerImage, NewerImages } from "#lib/shared/images/newer.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";

/** How often the server's memory is looked at, ms: while it asks registries, and else. */
const lookMs = { busy: 1_000, idle: 60_000 };

export interface Newer {
  /** Null: not known yet, or no cluster that knows registries. */
  readonly data: NewerImages | null;
  /** Takes what an answer said. */
  readonly put: (data: NewerImages) => void;
  readonly reload: () => void;
}

/** What the server knows of newer images. It asks registries by itself, whoever looks here. */
export function useNewer(): Newer {
  const { model, apiPath } = useCluster();
  const path = model.info.simulated ? null : apiPath("/newer-images");
  const { data, mutate } = useSWR(path, (key: string) => api.get<NewerImages>(key), {
    refreshInterval: lookMs.idle,
    revalidateOnFocus: false,
  });
  const isChecking = data?.isChecking === true;
  useEffect(() => {
    if (!isChecking) return;
    const timer = setInterval(() => void mutate(), lookMs.busy);
    return () => clearInterval(timer);
  }, [isChecking, mutate]);
  return {
    data: data ? { ...data, items: data.items.filter((item) => isStill(item, model.services)) } : null,
    put: (next) => void mutate(next, { revalidate: false }),
    reload: () => void mutate(),
  };
}

/** The picture is newer than the answer: a service that was updated since has what its tag names. */
function isStill({ service, digest }: NewerImage, services: ClusterModel["services"]): boolean {
  return services[service.id]?.image.digest === digest;
}
