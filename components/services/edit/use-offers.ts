"use client";

import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useDetail } from "#components/cluster/use-detail.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import type { FieldId } from "#lib/shared/services/fields.ts";

interface Named {
  readonly name: string;
}

/** What the cluster has, to be offered as one types. */
export function useOffers(): Readonly<Partial<Record<FieldId, readonly string[]>>> {
  const { model } = useCluster();
  const networks = useDetail<{ items: readonly Named[] }>("/networks?scope=swarm", null, null);
  const secrets = useDetail<{ items: readonly Named[] }>("/secrets", null, null);
  const configs = useDetail<{ items: readonly Named[] }>("/configs", null, null);
  const names = (items: readonly Named[] | undefined) => sorted((items ?? []).map(({ name }) => name));
  const nodes = Object.values(model.nodes);
  const labels = nodes.flatMap((node) =>
    Object.entries(node.labels).map(([key, value]) => `node.labels.${key}==${value}`),
  );
  const images = Object.values(model.services).map(({ image }) =>
    image.tag === null ? image.name : `${image.name}:${image.tag}`,
  );
  return {
    image: sorted(images),
    constraints: sorted([
      "node.role==manager",
      "node.role==worker",
      "node.platform.os==linux",
      ...nodes.map(({ name }) => `node.hostname==${name}`),
      ...labels,
    ]),
    preferences: sorted(labels.map((label) => `spread=${label.split("==", 1)[0]}`)),
    networks: names(networks.data?.items),
    secrets: names(secrets.data?.items),
    configs: names(configs.data?.items),
  };
}

function sorted(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort(compareNatural);
}
