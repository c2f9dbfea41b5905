import { mapImages, type NodeImage, ownBytes } from "#lib/server/docker/map-image.ts";
import type { WireDisk, WireImage } from "#lib/server/docker/wire-image.ts";
import { isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { KeptImage, PruneAnswer, PruneNode, PrunePreview } from "#lib/shared/images/types.ts";
import type { LinkedNode, UnlinkedNode } from "../nodes/node-engines.ts";
import type { ImageContext } from "./context.ts";
import type { DiskUsage } from "./disk-usage.ts";
import { type ImageNeeds, needing } from "./needs.ts";
import { removeFromNode } from "./remove-image.ts";

export interface PruneContext extends ImageContext {
  readonly disk: DiskUsage;
  /** Throws while the swarm cannot say what its services need: nothing is pruned on a guess. */
  readonly needs: () => Promise<ImageNeeds>;
}

interface Sorted {
  readonly going: readonly NodeImage[];
  readonly kept: readonly KeptImage[];
}

/** Tells what nothing uses from what a specification, or the way back to one, needs. */
function sortImages(
  images: readonly NodeImage[],
  used: ReadonlySet<string>,
  needs: ImageNeeds,
  what: "dangling" | "unused",
): Sorted {
  const idle = images.filter(({ id, tags }) => !used.has(id) && (what === "unused" || tags.length === 0));
  const kept = idle.map((image) => ({
    id: image.id,
    tags: image.tags,
    sizeBytes: image.sizeBytes,
    services: [
      ...new Map(
        [...needing(needs.now, image), ...needing(needs.back, image)].map((each) => [each.id, each]),
      ).values(),
    ],
  }));
  return {
    going: idle.filter((_, index) => kept[index]?.services.length === 0),
    kept: kept.filter(({ services }) => services.length > 0),
  };
}

/** What would go, node by node. Throws where the swarm cannot say what it needs. */
export async function previewPrune(
  ctx: PruneContext,
  { what, nodes }: { readonly what: "dangling" | "unused"; readonly nodes?: readonly string[] | undefined },
): Promise<PrunePreview> {
  const needs = await ctx.needs();
  const chosen = ctx.engines
    .all()
    .filter(({ id, name }) => nodes === undefined || nodes.includes(id) || nodes.includes(name));
  return { nodes: await Promise.all(chosen.map((node) => previewNode(ctx, node, needs, what))) };
}

async function previewNode(
  ctx: PruneContext,
  node: LinkedNode | UnlinkedNode,
  needs: ImageNeeds,
  what: "dangling" | "unused",
): Promise<PruneNode> {
  const { id, name } = node;
  const nothing = { id, name, images: [], kept: [], freesAtLeast: 0, freesAtMost: 0 };
  if (node.engine === null) return { ...nothing, error: node.why };
  try {
    const [images, used] = await readNode(node);
    const { going, kept } = sortImages(images, used, needs, what);
    const own = going.length === 0 ? new Map<string, number>() : ownBytes(await ctx.disk.images(node));
    return {
      ...nothing,
      error: null,
      images: going.map((image) => ({ id: image.id, tags: image.tags, sizeBytes: image.sizeBytes })),
      kept,
      freesAtLeast: going.reduce((sum, image) => sum + (own.get(image.id) ?? 0), 0),
      freesAtMost: going.reduce((sum, image) => sum + image.sizeBytes, 0),
    };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { ...nothing, error: error.message };
  }
}

/** Removes what a preview listed and nothing else; what is needed by now stays and is told. */
export async function prune(
  ctx: PruneContext,
  wanted: readonly { readonly id: string; readonly images: readonly string[] }[],
): Promise<PruneAnswer> {
  const needs = await ctx.needs();
  return {
    nodes: await Promise.all(wanted.map(({ id, images }) => pruneNode(ctx, id, new Set(images), needs))),
  };
}

async function pruneNode(ctx: PruneContext, ref: string, wanted: ReadonlySet<string>, needs: ImageNeeds) {
  const found = ctx.engines.all().find((node) => node.id === ref || node.name === ref);
  const answer = {
    id: found?.id ?? ref,
    name: found?.name ?? ref,
    removed: [] as string[],
    freedBytes: null,
  };
  try {
    const node = ctx.engines.get(ref);
    const [images, used] = await readNode(node);
    const { going } = sortImages(images, used, needs, "unused");
    const before = await layersOf(ctx, node);
    const problems: string[] = [];
    for (const id of wanted) {
      const image = going.find((each) => each.id === id);
      const known = image ?? images.find((each) => each.id === id);
      const name = known?.tags[0] ?? id.slice(7, 19);
      if (!known) problems.push(t("images.error.notOn", { image: name, node: node.name }));
      else if (!image) problems.push(t("images.error.neededNow", { image: name, node: node.name }));
      else {
        const problem = await removeFromNode(node, image, { force: false });
        if (problem === null) answer.removed.push(id);
        else problems.push(problem);
      }
    }
    ctx.disk.changed(node.id);
    const after = await layersOf(ctx, node);
    const freedBytes = before === null || after === null ? null : Math.max(0, before - after);
    return { ...answer, freedBytes, problems };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { ...answer, problems: [error.message] };
  }
}

/** The images of a node and the ids that containers use, both as they are now. */
async function readNode(node: LinkedNode): Promise<[readonly NodeImage[], ReadonlySet<string>]> {
  const options = { signal: node.signal };
  const [images, containers] = await Promise.all([
    node.engine.get<readonly WireImage[] | null>("/images/json", options),
    node.engine.get<readonly { readonly ImageID?: string }[] | null>("/containers/json", {
      ...options,
      query: { all: true },
    }),
  ]);
  return [mapImages(images), new Set(containers?.map(({ ImageID }) => ImageID ?? ""))];
}

async function layersOf(ctx: PruneContext, node: LinkedNode): Promise<number | null> {
  try {
    const disk: WireDisk = await ctx.disk.images(node);
    return typeof disk.LayersSize === "number" ? disk.LayersSize : null;
  } catch (error) {
    // How much it frees is worth a word, not the prune.
    if (!isAppError(error)) throw error;
    return null;
  }
}
