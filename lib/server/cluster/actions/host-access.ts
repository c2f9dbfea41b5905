import type { Caller } from "#lib/server/runtime-types.ts";
import type { EscapeFacts } from "#lib/shared/policy/host-escapes.ts";
import type { ActionContext } from "./context.ts";

/** May this person open ways from containers to their hosts (lib/shared/policy)? */
export function mayReachHost(
  ctx: Pick<ActionContext, "operatorHostAccess">,
  { role }: Pick<Caller, "role">,
): boolean {
  return role === "admin" || (ctx.operatorHostAccess && role === "operator");
}

/** What a specification is judged with, besides itself. `hostNetworks`: ids of networks that are the host's own. */
export function escapeFacts(
  ctx: Pick<ActionContext, "self">,
  hostNetworks: ReadonlySet<string>,
): Required<EscapeFacts> {
  return { hostNetworks, ownVolumes: new Set(ctx.self()?.volumes ?? []) };
}
