import type { ContainerRef } from "#lib/server/container-types.ts";
import type { WireContainerInspect } from "#lib/server/docker/wire-container.ts";
import type { ContainerView } from "#lib/shared/containers/types.ts";
import { AppError, isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { LinkedNode, NodeRef } from "../nodes/node-engines.ts";
import type { ContainerContext } from "./context.ts";

/** What Docker allows in ids and names; anything else would be another path. */
const safeRef = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$/;

/** A container as its own engine tells it now. */
export interface FoundContainer {
  readonly node: LinkedNode;
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly value: WireContainerInspect;
  /** Its row in the list, which may be a moment old; undefined: too new to be there. */
  readonly row: ContainerView | undefined;
}

/** Where containers are looked up. */
type Places = Pick<ContainerContext, "table" | "engines">;

/** The rows that a reference may mean: one by id or its first 12 digits, or all of that name. */
export function matching(ctx: Places, { ref, node }: ContainerRef): readonly ContainerView[] {
  const on = Object.values(ctx.table.rows()).filter(
    (row) => node === undefined || row.nodeId === node || row.nodeName === node,
  );
  const byId = on.filter(({ id }) => id === ref || (/^[0-9a-f]{12,63}$/.test(ref) && id.startsWith(ref)));
  return byId.length > 0 ? byId : on.filter(({ name }) => name === ref);
}

/**
 * Asks the engine of its node for a container. Throws not_found, conflict where several nodes have one of that name,
 * and node_not_linked where its node does not answer.
 */
export async function findContainer(ctx: Places, target: ContainerRef): Promise<FoundContainer> {
  const { ref } = target;
  if (!safeRef.test(ref)) throw notThere(ctx, target);
  const [row, ...others] = matching(ctx, target);
  if (row && others.length > 0) {
    const nodes = [row, ...others].map(({ nodeName }) => nodeName).join(", ");
    throw new AppError("conflict", t("containers.error.several", { name: ref, nodes }));
  }
  // Too new to be in the list: with its node named it can be asked for all the same.
  if (!row && target.node === undefined) throw notThere(ctx, target);
  const node = ctx.engines.get(row?.nodeId ?? target.node ?? "");
  return inspect(ctx, node, row?.id ?? ref, target, row);
}

async function inspect(
  ctx: Places,
  node: LinkedNode,
  ref: string,
  target: ContainerRef,
  row: ContainerView | undefined,
): Promise<FoundContainer> {
  let text: string;
  try {
    text = await node.engine.getText(`/containers/${ref}/json`, { signal: node.signal });
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") throw notThere(ctx, target, node);
    throw error;
  }
  const value = JSON.parse(text) as WireContainerInspect;
  const id = value.Id ?? "";
  const name = (value.Name ?? "").replace(/^\//, "") || id.slice(0, 12);
  // Docker also answers to the start of an id.
  const isMeant = id === ref || name === ref || (ref.length >= 12 && id.startsWith(ref));
  if (id === "" || !isMeant) throw notThere(ctx, target, node);
  return { node, id, name, text, value, row };
}

/** Says which nodes could not be asked: it may be on one of them. */
function notThere(ctx: Places, { ref }: ContainerRef, node?: NodeRef): AppError {
  const name = ref.slice(0, 100);
  if (node) return new AppError("not_found", t("containers.error.notOn", { name, node: node.name }));
  const silent = ctx.engines.all().filter(({ engine }) => engine === null);
  if (silent.length === 0) return new AppError("not_found", t("containers.error.none", { name }));
  const nodes = silent.map((each) => each.name).join(", ");
  return new AppError("not_found", t("containers.error.noneHeard", { name, nodes }));
}
