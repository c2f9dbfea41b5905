import type { ServiceRef } from "#lib/shared/api/resource-types.ts";
import type { ListAnswer } from "#lib/shared/api/types.ts";
import { isAppError } from "#lib/shared/errors.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import type { VolumeItem } from "#lib/shared/volumes/types.ts";
import type { LiveCluster } from "../live-cluster-types.ts";
import type { VolumeReads } from "./volume-reads.ts";

export interface VolumeContext extends Pick<LiveCluster, "engines" | "resources" | "model"> {
  readonly volumeReads: VolumeReads;
}

interface ListOptions {
  readonly node?: string | undefined;
  readonly sizes?: boolean;
}

/** The volumes of every node with who uses them. A node that does not answer is told, with the age of its part. */
export async function listVolumes(
  ctx: VolumeContext,
  { node, sizes }: ListOptions,
): Promise<ListAnswer<VolumeItem>> {
  const [plain, measured, named] = await Promise.all([
    ctx.volumeReads.plain.get(),
    sizes ? ctx.volumeReads.sizes.get() : null,
    namedBy(ctx),
  ]);
  const items = plain.answers.flatMap(({ node: at, value }) => {
    const sizeOf = measured?.answers.find((answer) => answer.node.id === at.id)?.value;
    const users = Map.groupBy(value.mounts, ({ volume }) => volume);
    return value.volumes.map(({ mountpoint: _, options: __, ...volume }): VolumeItem => {
      const mounts = users.get(volume.name) ?? [];
      const services =
        named && servicesOf([...mounts.map(({ service }) => service), ...(named.get(volume.name) ?? [])]);
      return {
        ...volume,
        nodeId: at.id,
        nodeName: at.name,
        size: sizeOf?.get(volume.name) ?? volume.size,
        containers: mounts.map(({ id, name, target, readOnly }) => ({ id, name, target, readOnly })),
        services: services ?? [],
        // Where services cannot be read nothing is called unused.
        isUnused: services !== null && mounts.length === 0 && services.length === 0,
      };
    });
  });
  const wanted = items.filter((item) => node === undefined || item.nodeId === node || item.nodeName === node);
  wanted.sort((a, b) => compareNatural(a.name, b.name) || compareNatural(a.nodeName, b.nodeName));
  return { items: wanted, nodes: plain.nodes };
}

/** Services by the volumes their specifications name; null: unknown now. */
async function namedBy({
  resources,
  model,
}: VolumeContext): Promise<ReadonlyMap<string, readonly ServiceRef[]> | null> {
  if (model().info.phase === "not_swarm") return new Map();
  try {
    return await resources.volumeUsers();
  } catch (error) {
    if (!isAppError(error)) throw error;
    return null;
  }
}

function servicesOf(refs: readonly (ServiceRef | null)[]): readonly ServiceRef[] {
  const byId = new Map(refs.filter((ref) => ref !== null).map((ref) => [ref.id, ref]));
  return [...byId.values()].sort((a, b) => compareNatural(a.name, b.name));
}
