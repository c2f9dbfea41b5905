import type { ServiceRef } from "../api/resource-types.ts";
import type { ClusterModel, ServiceView } from "../model/types.ts";

/** A service whose tag names something else in its registry than what the service is pinned to. */
export interface NewerImage {
  readonly service: ServiceRef;
  /** With its tag, without a digest. */
  readonly image: string;
  readonly digest: string;
  readonly newest: string;
}

/** What is known of newer images. Times in ms since 1970. */
export interface NewerImages {
  /** When a registry was asked last; null: not since the server began. */
  readonly checkedAt: number | null;
  readonly isChecking: boolean;
  readonly items: readonly NewerImage[];
  /** Images whose registry said nothing, and why. */
  readonly failed: readonly { readonly image: string; readonly why: string }[];
  /** Services whose images can be compared: with a tag and a digest. */
  readonly compared: number;
}

/** What happened to one service of an update. */
export interface NewerUpdate {
  readonly service: ServiceRef;
  readonly operation: number | null;
  /** Why it was not updated; null: it is being. */
  readonly error: string | null;
}

/** A service's image with its tag alone; null: it has none, or is not pinned, so there is nothing to compare. */
export function taggedImage({ image }: Pick<ServiceView, "image">): string | null {
  return image.tag === null || image.digest === null ? null : `${image.name}:${image.tag}`;
}

/** The services that have something newer, by what registries said of tags. */
export function newerImages(
  services: ClusterModel["services"],
  newest: ReadonlyMap<string, string>,
): readonly NewerImage[] {
  return Object.values(services)
    .flatMap(({ id, name, image }) => {
      const tagged = taggedImage({ image });
      const found = tagged === null ? undefined : newest.get(tagged);
      if (tagged === null || image.digest === null || found === undefined || found === image.digest)
        return [];
      return [{ service: { id, name }, image: tagged, digest: image.digest, newest: found }];
    })
    .sort((a, b) => a.service.name.localeCompare(b.service.name));
}
