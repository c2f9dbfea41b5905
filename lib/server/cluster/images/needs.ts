import type { ServiceRef } from "#lib/shared/api/resource-types.ts";
import { keysOfImage, keysOfReference } from "#lib/shared/images/reference.ts";
import type { ImageUse } from "../resources/usage.ts";

/** Who needs an image, by every key that may mean it. */
export interface ImageNeeds {
  /** Services whose specification names it. */
  readonly now: ReadonlyMap<string, readonly ServiceRef[]>;
  /** Services that an earlier specification of theirs, the engine's or one kept here, could bring back to it. */
  readonly back: ReadonlyMap<string, readonly ServiceRef[]>;
}

/** An image as far as others name it. */
export type NamedImage = Parameters<typeof keysOfImage>[0];

/** Reads who needs what. Kept specifications count while their service exists: nobody can go back on a removed one. */
export function needsOf(
  uses: readonly ImageUse[],
  kept: readonly { readonly serviceId: string; readonly image: string }[],
): ImageNeeds {
  const now = new Map<string, ServiceRef[]>();
  const back = new Map<string, ServiceRef[]>();
  const put = (map: Map<string, ServiceRef[]>, image: string, service: ServiceRef) => {
    for (const key of keysOfReference(image)) map.set(key, [...(map.get(key) ?? []), service]);
  };
  for (const { service, image, isPrevious } of uses) put(isPrevious ? back : now, image, service);
  const services = new Map(uses.map(({ service }) => [service.id, service]));
  for (const { serviceId, image } of kept) {
    const service = services.get(serviceId);
    if (service) put(back, image, service);
  }
  return { now, back };
}

/** The services that need an image, each once. */
export function needing(needs: ReadonlyMap<string, readonly ServiceRef[]>, image: NamedImage): ServiceRef[] {
  const found = keysOfImage(image).flatMap((key) => needs.get(key) ?? []);
  return [...new Map(found.map((service) => [service.id, service])).values()];
}
