import { amountOf, listOf, textOf } from "./hostile.ts";
import type { WireGenericResource } from "./wire.ts";

/** Generic resources by kind. A named piece counts as one of its kind. */
export function mapGenericResources(
  resources: readonly WireGenericResource[] | null | undefined,
): Readonly<Record<string, number>> {
  const amounts = new Map<string, number>();
  for (const each of listOf(resources)) {
    const kind = textOf(each?.DiscreteResourceSpec?.Kind) || textOf(each?.NamedResourceSpec?.Kind);
    const amount = each?.DiscreteResourceSpec ? amountOf(each.DiscreteResourceSpec.Value) : 1;
    if (kind !== "" && amount > 0) amounts.set(kind, (amounts.get(kind) ?? 0) + amount);
  }
  return Object.fromEntries(amounts);
}

/** Platforms as `os/architecture`, each once; a part that is not said stays empty. */
export function mapPlatforms(
  platforms: readonly { readonly Architecture?: string; readonly OS?: string }[] | null | undefined,
): readonly string[] {
  const words = listOf(platforms).map((each) => `${textOf(each?.OS)}/${textOf(each?.Architecture)}`);
  return [...new Set(words)];
}
