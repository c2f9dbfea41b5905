import { mapVolume, type WireVolume } from "#lib/server/docker/map-volume.ts";
import type { ClusterVolumes } from "#lib/server/volume-types.ts";
import { AppError, isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { RemovedVolume, VolumeDetail, VolumeItem, VolumeRef } from "#lib/shared/volumes/types.ts";
import type { LiveCluster } from "../live-cluster-types.ts";
import { createVolumeFiles, whyNoFiles } from "./volume-files.ts";
import { listVolumes, type VolumeContext } from "./volume-list.ts";
import { createVolumeReads } from "./volume-reads.ts";

/** The volumes of a cluster for routes and pages. */
export function createClusterVolumes(live: LiveCluster): ClusterVolumes {
  const { engines, resources, containers } = live;
  const ctx: VolumeContext = {
    engines,
    resources,
    model: () => live.model(),
    volumeReads: createVolumeReads(engines),
  };
  containers.subscribe(() => ctx.volumeReads.plain.changed(null));
  let seen = 0;
  return {
    list(options) {
      // Somebody made or removed a volume, or something else that lists show.
      const { resourceChanges } = live.model().info;
      if (resourceChanges !== seen) ctx.volumeReads.plain.changed(null);
      seen = resourceChanges;
      return listVolumes(ctx, options);
    },
    async unused() {
      forget(ctx, null);
      const { items, nodes } = await listVolumes(ctx, { sizes: true });
      return { items: items.filter(({ isUnused }) => isUnused), ...(nodes && { nodes }) };
    },
    detail: (ref) => volumeDetail(ctx, ref),
    async create({ node: ref, name, driver, options, labels }) {
      const node = ctx.engines.get(ref);
      // Making one that is there answers it as it is: nobody would notice that the options are others.
      const known = await find(ctx, { node: ref, name });
      if (known) throw new AppError("conflict", t("volumes.error.exists", { name, node: node.name }));
      await node.engine.send("POST", "/volumes/create", {
        body: { Name: name, Driver: driver ?? "local", DriverOpts: options ?? {}, Labels: labels ?? {} },
        signal: node.signal,
      });
      return find(ctx, { node: ref, name });
    },
    remove: (ref) => removeVolume(ctx, ref),
    removeUnused: (refs) => removeUnused(ctx, refs),
    ...createVolumeFiles(ctx.engines),
  };
}

function forget({ volumeReads }: VolumeContext, nodeId: string | null): void {
  volumeReads.plain.changed(nodeId);
  volumeReads.sizes.changed(nodeId);
}

/** Read anew. Null: it is not there. */
async function find(ctx: VolumeContext, { node: ref, name }: VolumeRef): Promise<VolumeItem | null> {
  const node = ctx.engines.get(ref);
  forget(ctx, node.id);
  const { items } = await listVolumes(ctx, { node: node.id });
  return items.find((item) => item.name === name) ?? null;
}

async function volumeDetail(ctx: VolumeContext, ref: VolumeRef): Promise<VolumeDetail> {
  const node = ctx.engines.get(ref.node);
  const [volume, wire] = await Promise.all([find(ctx, ref), inspect(ctx, ref)]);
  const own = mapVolume(wire);
  if (!volume || !own) throw notThere(ref, node.name);
  return {
    volume,
    mountpoint: own.mountpoint,
    options: own.options,
    noFiles: whyNoFiles(node),
  };
}

async function inspect(ctx: VolumeContext, { node: ref, name }: VolumeRef): Promise<WireVolume> {
  const node = ctx.engines.get(ref);
  try {
    return await node.engine.get<WireVolume>(`/volumes/${encodeURIComponent(name)}`, { signal: node.signal });
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") throw notThere({ node: ref, name }, node.name);
    throw error;
  }
}

function notThere({ name }: VolumeRef, node: string): AppError {
  return new AppError("not_found", t("volumes.error.none", { name, node }));
}

async function removeVolume(ctx: VolumeContext, ref: VolumeRef): Promise<void> {
  const node = ctx.engines.get(ref.node);
  const volume = await find(ctx, ref);
  const { name } = ref;
  if (!volume) throw notThere(ref, node.name);
  if (volume.containers.length > 0) {
    const users = volume.containers.map((each) => each.name).join(", ");
    throw new AppError("conflict", t("volumes.error.inUse", { name, node: node.name, users }));
  }
  try {
    await node.engine.send("DELETE", `/volumes/${encodeURIComponent(name)}`, {
      signal: node.signal,
      timeoutMs: 60_000,
    });
  } finally {
    forget(ctx, node.id);
  }
}

/** Each only if nobody uses it now: between the preview and this somebody may have begun to. */
async function removeUnused(
  ctx: VolumeContext,
  refs: readonly VolumeRef[],
): Promise<readonly RemovedVolume[]> {
  forget(ctx, null);
  const { items } = await listVolumes(ctx, {});
  const removed: RemovedVolume[] = [];
  for (const { node, name } of refs) {
    const item = items.find((each) => each.name === name && (each.nodeId === node || each.nodeName === node));
    let error: string | null = null;
    try {
      if (item && !item.isUnused) throw new AppError("conflict", t("volumes.error.usedNow", { name }));
      await removeVolume(ctx, { node, name });
    } catch (cause) {
      if (!isAppError(cause)) throw cause;
      error = cause.message;
    }
    removed.push({ node: item?.nodeName ?? node, name, error });
  }
  return removed;
}
