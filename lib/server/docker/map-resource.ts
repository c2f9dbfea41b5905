import type { ConfigItem, ResourceItem, SecretItem } from "#lib/shared/api/resource-types.ts";
import { labelsOf, textOf, textOrNull, timeOf } from "./hostile.ts";
import { stackLabel } from "./map-service.ts";
import type { WireConfig, WireSecret } from "./wire-resources.ts";

/** Before anybody looked who uses it. */
export type Unlinked<T extends ResourceItem> = Omit<T, "usedBy">;

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

/** What they have in common. */
export function common(id: string, name: unknown, wireLabels: unknown) {
  const labels = labelsOf(wireLabels);
  return { id, name: textOf(name) || id, stack: textOrNull(labels[stackLabel]), labels };
}
