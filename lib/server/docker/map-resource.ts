import type { ConfigItem, NetworkItem, ResourceItem, SecretItem } from "#lib/shared/api/resource-types.ts";
import { labelsOf, listOf, textOf, textOrNull, timeOf } from "./hostile.ts";
import { stackLabel } from "./map-service.ts";
import type { WireConfig, WireNetwork, WireSecret } from "./wire-resources.ts";

/** Before anybody looked who uses it. */
type Unlinked<T extends ResourceItem> = Omit<T, "usedBy">;

/** A network of the swarm; null for local ones, which every engine has its own of. */
export function mapNetwork(wire: WireNetwork): Unlinked<NetworkItem> | null {
  const id = textOf(wire?.Id);
  if (id === "" || wire.Scope !== "swarm") return null;
  const createdAt = timeOf(wire.Created);
  return {
    ...common(id, wire.Name, wire.Labels),
    createdAt,
    // The engine does not say when: networks do not change.
    updatedAt: createdAt,
    driver: textOf(wire.Driver),
    scope: textOf(wire.Scope),
    subnets: listOf(wire.IPAM?.Config).flatMap((config) => textOrNull(config?.Subnet) ?? []),
    attachable: wire.Attachable === true,
    internal: wire.Internal === true,
    ingress: wire.Ingress === true,
    // The option counts by being there: `--opt encrypted` leaves it empty.
    encrypted: wire.Options?.encrypted !== undefined && wire.Options.encrypted !== "false",
    ipv6: wire.EnableIPv6 === true,
  };
}

/** A secret, never with its data. */
export function mapSecret(wire: WireSecret): Unlinked<SecretItem> | null {
  const id = textOf(wire?.ID);
  if (id === "") return null;
  return {
    ...common(id, wire.Spec?.Name, wire.Spec?.Labels),
    createdAt: timeOf(wire.CreatedAt),
    updatedAt: timeOf(wire.UpdatedAt),
    driver: textOrNull(wire.Spec?.Driver?.Name),
  };
}

/** A config without its content. */
export function mapConfig(wire: WireConfig): Unlinked<ConfigItem> | null {
  const id = textOf(wire?.ID);
  if (id === "") return null;
  return {
    ...common(id, wire.Spec?.Name, wire.Spec?.Labels),
    createdAt: timeOf(wire.CreatedAt),
    updatedAt: timeOf(wire.UpdatedAt),
    templating: textOrNull(wire.Spec?.Templating?.Name),
  };
}

function common(id: string, name: unknown, wireLabels: unknown) {
  const labels = labelsOf(wireLabels);
  return { id, name: textOf(name) || id, stack: textOrNull(labels[stackLabel]), labels };
}
