import "#lib/shared/i18n/pages/containers.ts";
import { swarmOutcome } from "#lib/shared/containers/outcome.ts";
import { type Phrase, phrase } from "#lib/shared/i18n/phrase.ts";
import { isAlive, verbsFor } from "./container-actions.ts";
import type { ContainerRow } from "./container-rows.ts";

/** What can be done to several containers at once. */
export const bulkKinds = ["start", "restart", "stop", "kill", "remove"] as const;
export type BulkKind = (typeof bulkKinds)[number];

/** What happens to one container of a bulk action, or why it is left out. */
export interface BulkStep {
  readonly row: ContainerRow;
  readonly skipped: boolean;
  readonly effect: Phrase;
  readonly warnings: readonly Phrase[];
}

/** One step per selected container. What cannot be done, and Shoal itself, is left out and says why. */
export function bulkPlan(rows: readonly ContainerRow[], kind: BulkKind): readonly BulkStep[] {
  return rows.map((row) => {
    const skip = (effect: Phrase): BulkStep => ({ row, skipped: true, effect, warnings: [] });
    if (row.unheard !== null)
      return skip(phrase("containers.bulk.unheard", { node: row.container.nodeName }));
    if (row.container.isShoal && kind !== "start") return skip(phrase("containers.bulk.isShoal"));
    if (!verbsFor(row).includes(kind))
      return skip(phrase(isAlive(row) ? "containers.bulk.runs" : "containers.bulk.isOver"));
    const effect =
      kind === "remove" && isAlive(row)
        ? phrase("containers.bulk.removesRunning")
        : phrase(`containers.bulk.${kind}`);
    return { row, skipped: false, effect, warnings: swarmOutcome(row.container, row.service, kind) };
  });
}
