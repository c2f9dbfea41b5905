import type { Caller } from "#lib/server/runtime-types.ts";
import type { ActionContext } from "./context.ts";

/** May this person open ways from containers to their hosts (lib/shared/policy)? */
export function mayReachHost(
  ctx: Pick<ActionContext, "operatorHostAccess">,
  { role }: Pick<Caller, "role">,
): boolean {
  return role === "admin" || (ctx.operatorHostAccess && role === "operator");
}
