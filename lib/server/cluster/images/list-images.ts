import type { NodeImage } from "#lib/server/docker/map-image.ts";
import type { ImageItem } from "#lib/shared/images/types.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import type { NodeAnswer } from "../nodes/per-node-read.ts";
import { type ImageNeeds, needing } from "./needs.ts";

/** One row for each image id over all nodes, by name; those without a tag last. */
export function mergeImages(
  answers: readonly NodeAnswer<readonly NodeImage[]>[],
  inUse: (nodeId: string) => readonly string[],
  needs: ImageNeeds,
): readonly ImageItem[] {
  const places = answers.flatMap(({ node, value }) => {
    const used = Map.groupBy(inUse(node.id), (id) => id);
    return value.map((image) => ({ node, image, containers: used.get(image.id)?.length ?? 0 }));
  });
  const byId = Map.groupBy(places, ({ image }) => image.id);
  const items = [...byId].map(([id, found]): ImageItem => {
    const unite = (of: (image: NodeImage) => readonly string[]) =>
      [...new Set(found.flatMap(({ image }) => of(image)))].sort(compareNatural);
    const named = { id, tags: unite(({ tags }) => tags), digests: unite(({ digests }) => digests) };
    const services = needing(needs.now, named);
    return {
      ...named,
      dangling: named.tags.length === 0,
      createdAt: found[0]?.image.createdAt ?? 0,
      sizeBytes: Math.max(...found.map(({ image }) => image.sizeBytes)),
      nodes: found.map(({ node, image, containers }) => ({ ...node, tags: image.tags, containers })),
      services,
      rollbacks: needing(needs.back, named).filter(({ id: own }) =>
        services.every((each) => each.id !== own),
      ),
    };
  });
  const nameOf = ({ tags, digests, id }: ImageItem) => tags[0] ?? digests[0] ?? id;
  return items.sort(
    (a, b) => Number(a.dangling) - Number(b.dangling) || compareNatural(nameOf(a), nameOf(b)),
  );
}
