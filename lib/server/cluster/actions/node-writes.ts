import { mapNode } from "#lib/server/docker/map-node.ts";
import type { WireNode } from "#lib/server/docker/wire.ts";
import type { Caller, NodePatch } from "#lib/server/runtime-types.ts";
import type { WriteAnswer } from "#lib/shared/api/types.ts";
import { AppError, isAppError } from "#lib/shared/errors.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { NodeView } from "#lib/shared/model/types.ts";
import { roleChangeWarnings } from "#lib/shared/quorum.ts";
import { changeSpec, type FieldEdit } from "./change-spec.ts";
import { requireConfirm } from "./confirm.ts";
import type { ActionContext } from "./context.ts";
import { labelEdits } from "./label-edits.ts";
import { type Found, findNode, objectPath } from "./object-ref.ts";
import { patiently } from "./patience.ts";
import { selfNodeWarning } from "./self.ts";

/** Changes availability, role and labels of a node in one write. Labels are merged one by one against labelsBefore. */
export async function patchNode(
  ctx: ActionContext,
  caller: Caller,
  ref: string,
  input: NodePatch,
): Promise<WriteAnswer<NodeView>> {
  const found = await patiently(ctx, () => findNode(ctx, ref));
  const node = nodeView(ctx, found.value);
  if (node === null) throw new AppError("engine_error", t("actions.error.noSpec", { name: found.name }));
  const edits = editsOf(found, node, input);
  if (edits.length === 0) return { item: node, warnings: [] };
  const sentence =
    (input.availability === "drain" ? selfNodeWarning(ctx.model(), node, ctx.self(), "drain") : null) ??
    (input.role === "worker" ? selfNodeWarning(ctx.model(), node, ctx.self(), "demote") : null);
  requireConfirm(sentence, node.name, input.confirm);
  const warnings = warningsOf(ctx, node, input);
  const { id } = found;
  const target = {
    kind: "node" as const,
    id,
    name: node.name,
    path: objectPath("node", id),
    action: "node.update",
  };
  await changeSpec(ctx, caller, target, edits);
  ctx.changed({ nodes: true });
  const item = await rereadNode(ctx, id, edits);
  return { item: item ?? node, warnings };
}

/** Removes a node from the swarm's list. A node that is not down needs `force`. */
export async function removeNode(
  ctx: ActionContext,
  ref: string,
  input: { readonly force: boolean; readonly confirm?: string },
): Promise<void> {
  const found = await patiently(ctx, () => findNode(ctx, ref));
  const { id, name } = found;
  if (found.value.Spec?.Role === "manager") {
    throw new AppError("refused_by_engine", t("actions.error.removeManager", { name }));
  }
  if (found.value.Status?.State !== "down" && !input.force) {
    throw new AppError("refused_by_engine", t("actions.error.removeReady", { name }));
  }
  const node = nodeView(ctx, found.value);
  const sentence = node && selfNodeWarning(ctx.model(), node, ctx.self(), "remove");
  requireConfirm(sentence, name, input.confirm);
  await patiently(ctx, async () => {
    try {
      await ctx.manager().send("DELETE", objectPath("node", id), { query: { force: input.force } });
    } catch (error) {
      // A first try may have done it before its connection broke, and gone is what was asked for.
      if (!isAppError(error) || error.code !== "not_found") throw error;
    }
  });
  ctx.changed({ nodes: true });
}

function editsOf(found: Found<WireNode>, node: NodeView, input: NodePatch): readonly FieldEdit[] {
  const edits: FieldEdit[] = [];
  const word = (field: "availability" | "role", key: string, value: string | undefined): void => {
    if (value === undefined || value === node[field]) return;
    edits.push({ path: [key], label: t(`actions.field.${field}`), next: () => JSON.stringify(value) });
  };
  word("availability", "Availability", input.availability);
  word("role", "Role", input.role);
  if (input.labels) {
    const before = input.labelsBefore ?? found.value.Spec?.Labels ?? {};
    edits.push(...labelEdits(before, input.labels, found.value.Spec?.Labels ?? {}));
  }
  return edits;
}

function warningsOf(ctx: ActionContext, node: NodeView, input: NodePatch): readonly string[] {
  const role = input.role ? roleChangeWarnings(ctx.model(), node, input.role) : [];
  const self = ctx.self();
  const moves = input.availability === "drain" && self?.serviceId != null && self.nodeId === node.id;
  return [
    ...role.map((phrase) => say(t, phrase)),
    ...(moves ? [t("actions.warn.shoalMoves", { name: node.name })] : []),
  ];
}

/** The node after a change. Demoting the manager that answers may leave nobody to ask: then null. */
async function rereadNode(
  ctx: ActionContext,
  id: string,
  edits: readonly FieldEdit[],
): Promise<NodeView | null> {
  try {
    return nodeView(ctx, await ctx.manager().get<WireNode>(objectPath("node", id)));
  } catch (error) {
    if (isAppError(error) && edits.some((edit) => edit.path[0] === "Role")) return null;
    throw error;
  }
}

/** Docker's node with what only the picture knows about it. */
export function nodeView(ctx: ActionContext, wire: WireNode): NodeView | null {
  const known = ctx.model().nodes[wire.ID ?? ""];
  return mapNode(wire, { linked: known?.linked ?? false, stateSince: known?.stateSince ?? null });
}
