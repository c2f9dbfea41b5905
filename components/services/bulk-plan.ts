import "#lib/shared/i18n/pages/bulk.ts";
import { type Phrase, phrase } from "#lib/shared/i18n/phrase.ts";
import { indexModel } from "#lib/shared/model/index-model.ts";
import { isLive } from "#lib/shared/model/task-state.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import { scaleWarningPhrase, scaleWarnings } from "#lib/shared/placement.ts";
import type { ServiceRow } from "./service-rows.ts";

export type BulkKind = "restart" | "scale" | "remove";

/** What happens to one service of a bulk action, or why it is left out. */
export interface BulkStep {
  readonly row: ServiceRow;
  readonly skipped: boolean;
  readonly effect: Phrase;
  readonly warnings: readonly Phrase[];
}

/** One step per selected service. Only replicated services scale; Shoal itself is left to its own page. */
export function bulkPlan(
  model: ClusterModel,
  rows: readonly ServiceRow[],
  kind: BulkKind,
  replicas: number,
): readonly BulkStep[] {
  const { tasksByService } = indexModel(model);
  return rows.map((row) => {
    const { service } = row;
    const n = (tasksByService.get(service.id) ?? []).filter(isLive).length;
    const skip = (effect: Phrase): BulkStep => ({ row, skipped: true, effect, warnings: [] });
    if (service.isShoal) return skip(phrase("services.bulk.isShoal"));
    if (kind === "restart")
      return { row, skipped: false, effect: phrase("services.bulk.restarts", { n }), warnings: [] };
    if (kind === "remove")
      return { row, skipped: false, effect: phrase("services.bulk.stops", { n }), warnings: [] };
    if (service.mode !== "replicated") return skip(phrase("services.bulk.notReplicated"));
    const from = service.replicas ?? 0;
    if (from === replicas) return skip(phrase("services.bulk.already", { n: replicas }));
    const warnings = replicas > from ? scaleWarnings(model, service, replicas).map(scaleWarningPhrase) : [];
    return { row, skipped: false, effect: phrase("services.bulk.scales", { from, to: replicas }), warnings };
  });
}
