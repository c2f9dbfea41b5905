import { listOf, textOf } from "#lib/server/docker/hostile.ts";
import type { WireService } from "#lib/server/docker/wire.ts";
import type { NetworkItem, ResourceItem, ServiceRef } from "#lib/shared/api/resource-types.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import { type FileUses, fileUsesOf } from "./file-uses.ts";
import { type NetworkUses, networkUsesOf } from "./network-uses.ts";

/** Which services name which object: by id, and by name where a specification says only that. */
export interface Usage {
  readonly networks: ReadonlyMap<string, readonly ServiceRef[]>;
  readonly secrets: ReadonlyMap<string, readonly ServiceRef[]>;
  readonly configs: ReadonlyMap<string, readonly ServiceRef[]>;
  /** By name: volumes have no ids. */
  readonly volumes: ReadonlyMap<string, readonly ServiceRef[]>;
  /** Services with a port in ingress mode. */
  readonly ingress: readonly ServiceRef[];
  /** What every service runs, and what the engine's own rollback would run. */
  readonly images: readonly ImageUse[];
  /** More of networks than who is on them. */
  readonly networkUses: NetworkUses;
  /** More of secrets and configs than who uses them. */
  readonly fileUses: FileUses;
}

/** A service that names an image, as its specification writes it. */
export interface ImageUse {
  readonly service: ServiceRef;
  readonly image: string;
  /** Only to go back to. */
  readonly isPrevious: boolean;
}

/** Reads who uses what out of the specifications of all services. */
export function usageOf(services: readonly WireService[]): Usage {
  const networks = new Map<string, ServiceRef[]>();
  const secrets = new Map<string, ServiceRef[]>();
  const configs = new Map<string, ServiceRef[]>();
  const volumes = new Map<string, ServiceRef[]>();
  const ingress: ServiceRef[] = [];
  const images: ImageUse[] = [];
  for (const service of services) {
    const ref = { id: textOf(service?.ID), name: textOf(service?.Spec?.Name) };
    const template = service?.Spec?.TaskTemplate;
    const put = (map: Map<string, ServiceRef[]>, keys: readonly unknown[]) => {
      for (const key of new Set(keys.map((each) => textOf(each)))) {
        if (key !== "") map.set(key, [...(map.get(key) ?? []), ref]);
      }
    };
    for (const [spec, isPrevious] of [[service?.Spec, false], [service?.PreviousSpec, true]] as const) {
      const image = textOf(spec?.TaskTemplate?.ContainerSpec?.Image);
      if (image !== "") images.push({ service: ref, image, isPrevious });
    } // biome-ignore format: pairs
    // Old clients put networks beside the template.
    put(
      networks,
      [...listOf(template?.Networks), ...listOf(service?.Spec?.Networks)].map((each) => each?.Target),
    );
    put(
      secrets,
      listOf(template?.ContainerSpec?.Secrets).map((each) => each?.SecretID),
    );
    put(
      configs,
      listOf(template?.ContainerSpec?.Configs).map((each) => each?.ConfigID),
    );
    put(
      volumes,
      listOf(template?.ContainerSpec?.Mounts)
        .filter(({ Type }) => Type === "volume")
        .map(({ Source }) => Source),
    );
    if (listOf(service?.Endpoint?.Ports).some((port) => port?.PublishMode !== "host")) ingress.push(ref);
  }
  const [networkUses, fileUses] = [networkUsesOf(services), fileUsesOf(services)];
  return { networks, secrets, configs, volumes, ingress, images, networkUses, fileUses };
}

/** The services that use an object, by name. */
export function usersOf(
  users: ReadonlyMap<string, readonly ServiceRef[]>,
  { id, name }: Pick<ResourceItem, "id" | "name">,
): readonly ServiceRef[] {
  return sorted([...(users.get(id) ?? []), ...(users.get(name) ?? [])]);
}

/** The services on a network; on the ingress network, those with a port in the routing mesh. */
export function usersOfNetwork(usage: Usage, network: Omit<NetworkItem, "usedBy">): readonly ServiceRef[] {
  return network.ingress ? sorted(usage.ingress) : usersOf(usage.networks, network);
}

function sorted(refs: readonly ServiceRef[]): readonly ServiceRef[] {
  const byId = new Map(refs.map((ref) => [ref.id, ref]));
  return [...byId.values()].sort((a, b) => compareNatural(a.name, b.name));
}
