import "#lib/shared/i18n/pages/history.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ServiceView } from "#lib/shared/model/types.ts";

/** What a rotation does to the tasks of a service: how many, how many at a time, in which order, and what a failure does. */
export function rotationEffect(service: ServiceView): string {
  const { mode, desiredTasks: n, updateParallelism: batch, updateOrder, updateFailureAction } = service;
  // Measured: swarm runs a finished job again when its template changes.
  if (mode === "replicated-job" || mode === "global-job") return t("history.effect.job");
  if (n === 0) return t("history.effect.nothing");
  const many = t(batch === 0 || batch >= n ? "history.effect.replacesAll" : "history.effect.replaces", {
    n,
    batch,
  });
  const order = t(updateOrder === "start-first" ? "services.update.startFirst" : "services.update.stopFirst");
  return `${many} ${order} ${t(`services.update.onFailure_${updateFailureAction}`)}`;
}
