import type { EngineNetwork } from "#lib/server/docker/map-network.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { NetworkRef, NetworkRow } from "#lib/shared/networks/types.ts";
import { keyOf, type NetworkContext, type NetworkPicture, readPicture } from "./network-list.ts";

export interface FoundNetwork {
  readonly row: NetworkRow;
  readonly told: EngineNetwork;
  readonly picture: NetworkPicture;
}

/** Nothing that was read of networks is trusted any longer, nor who names them. */
export function forget(ctx: NetworkContext): void {
  ctx.reads.changed();
  ctx.resources.forget("networks", "services");
}

/**
 * Without a node a network of the swarm, else the only one of that id or name on any node. Throws not_found, or conflict
 * where several have the name.
 */
export async function findNetwork(ctx: NetworkContext, ref: NetworkRef): Promise<FoundNetwork> {
  const picture = await readPicture(ctx);
  return inPicture(ctx, picture, ref);
}

/** The same in a picture that was read already. */
export function inPicture(
  ctx: NetworkContext,
  picture: NetworkPicture,
  { ref, node }: NetworkRef,
): FoundNetwork {
  const { items } = picture;
  const matching = [items.filter(({ id }) => id === ref), items.filter(({ name }) => name === ref)];
  const row = node === undefined ? anywhere(matching, ref, picture) : on(ctx, matching, { ref, node });
  const told = picture.told.get(keyOf(row));
  if (!told) throw new AppError("not_found", t("networks.error.none", { ref: ref.slice(0, 100) }));
  return { row, told, picture };
}

function anywhere(
  matching: readonly (readonly NetworkRow[])[],
  ref: string,
  { items }: NetworkPicture,
): NetworkRow {
  for (const rows of matching) {
    const swarms = rows.find(({ nodeId }) => nodeId === null);
    if (swarms) return swarms;
    const [first, ...others] = rows;
    if (first && others.length === 0) return first;
    if (first) {
      const nodes = [...new Set(rows.map(({ nodeName }) => nodeName ?? ""))].join(", ");
      throw new AppError("conflict", t("networks.error.several", { ref: ref.slice(0, 100), nodes }));
    }
  }
  const isSwarm = items.some(({ nodeId }) => nodeId === null);
  const key = isSwarm ? "networks.error.none" : "networks.error.noneAnywhere";
  throw new AppError("not_found", t(key, { ref: ref.slice(0, 100) }));
}

/** Of this node, or of the swarm when the node was named only because somebody there is on it. */
function on(
  ctx: NetworkContext,
  matching: readonly (readonly NetworkRow[])[],
  { ref, node }: { readonly ref: string; readonly node: string },
): NetworkRow {
  const known = ctx.engines.all().find(({ id, name }) => id === node || name === node);
  const params = { ref: ref.slice(0, 100), node: known?.name ?? node.slice(0, 100) };
  for (const rows of matching) {
    const own = rows.filter(({ nodeId, nodeName }) => nodeId === node || nodeName === node);
    if (own.length > 1) throw new AppError("conflict", t("networks.error.twice", params));
    if (own[0]) return own[0];
  }
  const swarms = matching.flat().find(({ nodeId }) => nodeId === null);
  if (swarms && known) return swarms;
  // Throws why, where the node cannot be asked: then nobody knows whether it is there.
  ctx.engines.get(node);
  throw new AppError("not_found", t("networks.error.noneOn", params));
}
