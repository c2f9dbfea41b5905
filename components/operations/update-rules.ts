import { formatDuration } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ServiceView } from "#lib/shared/model/types.ts";

/** How an update of this service goes: how many at a time, how far apart, and what a failure does. */
export function updateRules(service: ServiceView): string {
  const { updateParallelism: n, updateDelayMs, updateFailureAction, updateOrder } = service;
  const pace =
    n === 0
      ? t("services.update.allAtOnce")
      : updateDelayMs === 0
        ? t("services.update.pace", { n })
        : t("services.update.paceDelay", { n, delay: formatDuration(updateDelayMs) });
  const order = t(updateOrder === "start-first" ? "services.update.startFirst" : "services.update.stopFirst");
  return `${pace} ${order} ${t(`services.update.onFailure_${updateFailureAction}`)}`;
}
