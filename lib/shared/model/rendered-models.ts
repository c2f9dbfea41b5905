import { type PackedModel, packModel, unpackModel } from "./pack-model.ts";
import type { ClusterModel } from "./types.ts";

/** A picture on its way into a page. */
export interface RenderedModel {
  readonly packed: PackedModel;
  /** Names the picture within the process that packed it; says nothing elsewhere. */
  readonly key: string;
}

interface Known {
  readonly process: string;
  count: number;
  readonly byModel: WeakMap<ClusterModel, RenderedModel>;
  readonly byKey: Map<string, WeakRef<ClusterModel>>;
}

/** Server and client components have their own copies of a module; the process is what they share. */
const shared = globalThis as { shoalRenderedModels?: Known };

/** Packs a picture for a page, once for all pages that are made of the same. */
export function renderModel(model: ClusterModel): RenderedModel {
  shared.shoalRenderedModels ??= {
    process: crypto.randomUUID(),
    count: 0,
    byModel: new WeakMap(),
    byKey: new Map(),
  };
  const known = shared.shoalRenderedModels;
  const { process, byModel, byKey } = known;
  const before = byModel.get(model);
  if (before) return before;
  for (const [key, ref] of byKey) if (ref.deref() === undefined) byKey.delete(key);
  known.count += 1;
  const made = { packed: packModel(model), key: `${process} ${known.count}` };
  byModel.set(model, made);
  byKey.set(made.key, new WeakRef(model));
  return made;
}

/** The picture of a page: where it was packed that very one, with all that is known of it already; in a browser an equal one. */
export function openModel({ packed, key }: RenderedModel): ClusterModel {
  return shared.shoalRenderedModels?.byKey.get(key)?.deref() ?? unpackModel(packed);
}
