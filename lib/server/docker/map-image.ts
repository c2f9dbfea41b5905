import type { NodeDisk } from "#lib/shared/images/types.ts";
import { amountOf, textOf } from "./hostile.ts";
import type { WireDisk, WireImage } from "./wire-image.ts";

/** An image as one engine has it. */
export interface NodeImage {
  readonly id: string;
  readonly tags: readonly string[];
  readonly digests: readonly string[];
  readonly createdAt: number;
  readonly sizeBytes: number;
}

/** More images than any node should have; a list is cut there. */
const mostImages = 20_000;

/** The images of one engine; what has no proper id is left out. */
export function mapImages(wire: readonly WireImage[] | null | undefined): readonly NodeImage[] {
  return several(wire, mostImages).flatMap((image) => {
    const id = textOf(image?.Id);
    if (!/^sha256:[0-9a-f]{64}$/.test(id)) return [];
    return {
      id,
      tags: namesOf(image.RepoTags, ":<none>"),
      digests: namesOf(image.RepoDigests, "@<none>"),
      createdAt: amountOf(image.Created) * 1000,
      sizeBytes: amountOf(image.Size),
    };
  });
}

/** Disk use of one engine. */
export function mapDisk(node: { readonly id: string; readonly name: string }, wire: WireDisk): NodeDisk {
  const images = several(wire?.Images);
  const containers = several(wire?.Containers);
  const volumes = several(wire?.Volumes);
  return {
    id: node.id,
    name: node.name,
    imagesBytes: amountOf(wire?.LayersSize),
    images: images.length,
    containersBytes: sum(containers.map((each) => each?.SizeRw)),
    containers: containers.length,
    volumesBytes: sum(volumes.map((each) => each?.UsageData?.Size)),
    volumes: volumes.length,
    // Shared records are parts of images, which are counted there.
    buildCacheBytes: sum(several(wire?.BuildCache).map((each) => (each?.Shared ? 0 : each?.Size))),
  };
}

/** Bytes by image that no other image shares, where the engine says it. */
export function ownBytes(wire: WireDisk): ReadonlyMap<string, number> {
  return new Map(
    several(wire?.Images, mostImages)
      .filter((image) => (image?.SharedSize ?? -1) >= 0)
      .map((image) => [textOf(image.Id), Math.max(0, amountOf(image.Size) - amountOf(image.SharedSize))]),
  );
}

/** `listOf` ends at 500: nodes have more images than that. */
function several<T>(value: readonly T[] | null | undefined, most = mostImages): readonly T[] {
  return Array.isArray(value) ? value.slice(0, most).filter((item) => item != null) : [];
}

function sum(values: readonly unknown[]): number {
  return values.reduce<number>((total, value) => total + amountOf(value), 0);
}

function namesOf(value: unknown, none: string): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, 500).flatMap((each) => {
    const name = textOf(each);
    return name === "" || name.endsWith(none) ? [] : [name];
  });
}
