import type { OperationRow } from "#lib/server/db/operations.ts";
import type { OperationDetail, OperationView } from "#lib/shared/api/history.ts";
import type { Phrase } from "#lib/shared/i18n/phrase.ts";
import type { OperationFacts } from "./judge-operation.ts";
import type { Tracks } from "./task-tracks.ts";

/** A row as the API answers it in lists. */
export function operationView(row: Omit<OperationRow, "timeline">): OperationView {
  const { fromImage, toImage, fromReplicas, toReplicas, replacesTasks } = JSON.parse(
    row.facts,
  ) as OperationFacts;
  return {
    id: row.id,
    kind: row.kind,
    service: { id: row.serviceId, name: row.serviceName },
    userName: row.userName || null,
    via: row.via,
    revision: row.revisionId,
    startedAt: row.startedAt,
    endedAt: row.endedAt,
    state: row.state,
    words: JSON.parse(row.words) as Phrase,
    change: { fromImage, toImage, fromReplicas, toReplicas, replacesTasks },
  };
}

/** A row with everything its tasks did. */
export function operationDetail(row: OperationRow): OperationDetail {
  const { failure, done, total } = JSON.parse(row.facts) as OperationFacts;
  return { ...operationView(row), ...(JSON.parse(row.timeline) as Tracks), failure, done, total };
}
