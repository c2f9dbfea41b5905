import type { OperationQuery } from "#lib/server/runtime-types.ts";
import type { OperationDetail, OperationView } from "#lib/shared/api/history.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ActionContext } from "./context.ts";

const usualLimit = 50;

/** Operations of a cluster, newest first. A service that is gone is found by its id. */
export function listOperations(ctx: ActionContext, query: OperationQuery): readonly OperationView[] {
  const services = Object.values(ctx.model().services);
  const named = services.find(({ name }) => name === query.service)?.id;
  return (
    ctx.history?.operations({
      serviceId: named ?? query.service ?? null,
      state: query.state ?? null,
      before: query.before ?? Number.MAX_SAFE_INTEGER,
      limit: query.limit ?? usualLimit,
    }) ?? []
  );
}

/** One operation. Throws not_found. */
export function operationById(ctx: ActionContext, id: string): OperationDetail {
  const found = /^\d{1,15}$/.test(id) ? ctx.history?.operation(Number(id)) : null;
  if (!found) throw new AppError("not_found", t("history.error.noOperation", { id: id.slice(0, 40) }));
  return found;
}
