"use client";

import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { type Detail, useDetail } from "#components/cluster/use-detail.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";

const versions = new WeakMap<ClusterModel["services"], string>();

/** Changes when a specification does, and with it who uses what. */
function versionOf(services: ClusterModel["services"]): string {
  const known = versions.get(services);
  if (known !== undefined) return known;
  const version = Object.values(services)
    .map((service) => `${service.id} ${service.updatedAt}`)
    .sort()
    .join();
  versions.set(services, version);
  return version;
}

/** A list that is read on demand, kept fresh by what the swarm says about changes, and by `more` that it depends on; null: it is gone. */
export function useListed<T>(path: string, initial: T | null, more: string | null = ""): Detail<T> {
  const { model } = useCluster();
  const version = more === null ? null : [model.info.resourceChanges, versionOf(model.services), more];
  return useDetail<T>(path, initial, version);
}
