import { mapImages, type NodeImage } from "#lib/server/docker/map-image.ts";
import type { WireImage } from "#lib/server/docker/wire-image.ts";
import type { ListAnswer, WriteAnswer } from "#lib/shared/api/types.ts";
import { AppError, isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ImageItem, NodeDisk, PruneAnswer, PrunePreview, PullView } from "#lib/shared/images/types.ts";
import type { LinkedNode } from "../nodes/node-engines.ts";
import { createPerNodeRead } from "../nodes/per-node-read.ts";
import type { ImageContext } from "./context.ts";
import { createDiskUsage } from "./disk-usage.ts";
import { mergeImages } from "./list-images.ts";
import { type ImageNeeds, needsOf } from "./needs.ts";
import { previewPrune, prune } from "./prune.ts";
import { createPulls, type PullInput } from "./pulls.ts";
import type { PullsFeed } from "./pulls-feed.ts";
import { removeFromNode } from "./remove-image.ts";

/** The images of all nodes of a cluster. Methods may throw AppError; writes are never repeated. */
export interface ClusterImages {
  list(): Promise<ListAnswer<ImageItem>>;
  pulls(): readonly PullView[];
  /** The same, told step by step. */
  readonly pullsFeed: PullsFeed;
  pull(input: PullInput, by: string): PullView;
  findPull(id: string): PullView;
  cancelPull(id: string, by: string): Promise<PullView>;
  tag(
    id: string,
    input: { tag: string; nodes?: readonly string[] | undefined },
  ): Promise<WriteAnswer<ImageItem>>;
  remove(
    id: string,
    input: { node?: string | undefined; tag?: string | undefined; force: boolean },
  ): Promise<WriteAnswer<ImageItem>>;
  previewPrune(input: {
    what: "dangling" | "unused";
    nodes?: readonly string[] | undefined;
  }): Promise<PrunePreview>;
  prune(nodes: readonly { id: string; images: readonly string[] }[]): Promise<PruneAnswer>;
  disk(): Promise<ListAnswer<NodeDisk>>;
  /** The engine of this node told of a change. */
  changed(nodeId: string): void;
  stop(): void;
}

/** Events tell of changes; this is for those that nobody heard, ms. */
const maxAgeMs = 60_000;

/** The images of a cluster; no engine is asked before somebody looks. */
export function createClusterImages(
  ctx: ImageContext,
  { now, onError }: { readonly now: () => number; readonly onError: (error: unknown) => void },
): ClusterImages {
  const disk = createDiskUsage(ctx.engines, now);
  const shared = createPerNodeRead<readonly NodeImage[]>({
    engines: ctx.engines,
    read: async (node) =>
      mapImages(await node.engine.get<readonly WireImage[] | null>("/images/json", { signal: node.signal })),
    maxAgeMs,
    now,
  });
  const changed = (nodeId: string) => {
    shared.changed(nodeId);
    disk.changed(nodeId);
    ctx.onChange();
  };
  const pulls = createPulls({
    engines: ctx.engines,
    registryAuth: ctx.registryAuth,
    now,
    onPulled: changed,
    onError,
  });
  const needs = () => readNeeds(ctx);

  async function list(): Promise<ListAnswer<ImageItem>> {
    // Without a leader the nodes still tell what they have.
    const known = await needs().catch((error: unknown) => {
      if (!isAppError(error)) throw error;
      return needsOf([], []);
    });
    const { answers, nodes } = await shared.get();
    return { items: mergeImages(answers, (id) => ctx.containers.imagesInUse(id), known), nodes };
  }

  /** The image with the nodes that are meant. Throws not_found, node_not_linked. */
  async function find(id: string, refs: readonly string[] | undefined) {
    const item = (await list()).items.find((each) => each.id === id);
    if (!item) throw new AppError("not_found", t("images.error.none", { image: id.slice(0, 100) }));
    const places = item.nodes.filter(
      (place) => refs === undefined || refs.includes(place.id) || refs.includes(place.name),
    );
    const missing = refs?.find((ref) => !places.some((place) => place.id === ref || place.name === ref));
    if (missing !== undefined) {
      const image = item.tags[0] ?? id.slice(7, 19);
      throw new AppError("not_found", t("images.error.notOn", { image, node: missing }));
    }
    return { item, places: places.map((place) => ({ place, node: ctx.engines.get(place.id) })) };
  }

  /** What became of it; throws when nothing worked anywhere. */
  async function finish(
    id: string,
    tried: number,
    problems: readonly string[],
    nodes: readonly LinkedNode[],
  ) {
    for (const node of nodes) shared.changed(node.id);
    if (problems.length === tried) throw new AppError("refused_by_engine", problems.join(" "));
    const item = (await list()).items.find((each) => each.id === id) ?? null;
    return { item, warnings: problems };
  }

  return {
    list,
    pulls: () => pulls.list(),
    pullsFeed: pulls.feed,
    pull: (input, by) => pulls.start(input, by),
    findPull: (id) => pulls.get(id),
    cancelPull: (id, by) => pulls.cancel(id, by),
    async tag(id, { tag, nodes: refs }) {
      const { places } = await find(id, refs);
      const colon = tag.indexOf(":", tag.lastIndexOf("/") + 1);
      const query = {
        repo: colon < 0 ? tag : tag.slice(0, colon),
        tag: colon < 0 ? "latest" : tag.slice(colon + 1),
      };
      const done = await Promise.all(places.map(({ node }) => tagOn(node, id, query)));
      return finish(
        id,
        done.length,
        done.filter((each) => each !== null),
        places.map(({ node }) => node),
      );
    },
    async remove(id, { node: ref, tag, force }) {
      const { item, places } = await find(id, ref === undefined ? undefined : [ref]);
      const done = await Promise.all(
        places.map(({ node, place }) =>
          removeFromNode(node, { id, tags: place.tags, digests: item.digests }, { only: tag, force }),
        ),
      );
      return finish(
        id,
        done.length,
        done.filter((each) => each !== null),
        places.map(({ node }) => node),
      );
    },
    previewPrune: (input) => previewPrune({ ...ctx, disk, needs }, input),
    async prune(nodes) {
      const answer = await prune({ ...ctx, disk, needs }, nodes);
      for (const { id } of answer.nodes) shared.changed(id);
      return answer;
    },
    disk: () => disk.list(),
    changed,
    stop: () => pulls.stop(),
  };
}

async function readNeeds({ resources, revisionImages, model }: ImageContext): Promise<ImageNeeds> {
  // An engine outside a swarm has no services; a swarm that cannot be asked has, and is asked.
  if (model().info.phase === "not_swarm") return needsOf([], []);
  return needsOf(await resources.imageUses(), revisionImages());
}

async function tagOn(
  node: LinkedNode,
  id: string,
  query: { readonly repo: string; readonly tag: string },
): Promise<string | null> {
  try {
    await node.engine.send("POST", `/images/${id}/tag`, { query, signal: node.signal });
    return null;
  } catch (error) {
    if (!isAppError(error)) throw error;
    return t("images.error.other", {
      image: id.slice(7, 19),
      node: node.name,
      why: error.engineText ?? error.message,
    });
  }
}
