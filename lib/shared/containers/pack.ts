import { type PackedCollection, packCollection, unpackCollection } from "../model/pack-model.ts";
import type { ContainerPicture } from "./types.ts";

/** Containers as they travel inside a page. */
export interface PackedContainers extends Omit<ContainerPicture, "rows"> {
  readonly rows: PackedCollection;
}

/** Packs a list for its way into a page. */
export function packContainers(picture: ContainerPicture): PackedContainers {
  return {
    ...picture,
    rows: packCollection(picture.rows as unknown as Parameters<typeof packCollection>[0]),
  };
}

/** The list that was packed. */
export function unpackContainers(packed: PackedContainers): ContainerPicture {
  return { ...packed, rows: unpackCollection(packed.rows) as unknown as ContainerPicture["rows"] };
}
