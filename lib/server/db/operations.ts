import type { OperationKind, OperationState, RevisionVia } from "#lib/shared/api/history.ts";
import type { Db } from "./open.ts";

/** One row of the table of operations. Times in ms since 1970; `words`, `facts` and `timeline` are JSON texts. */
export interface OperationRow {
  readonly id: number;
  readonly cluster: string;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly kind: OperationKind;
  /** Empty where nobody is known. */
  readonly userName: string;
  readonly via: RevisionVia;
  readonly revisionId: number | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly state: OperationState;
  readonly confirmed: 0 | 1;
  readonly words: string;
  readonly facts: string;
  readonly timeline: string;
}

/** What changes while an operation is followed. */
export type OperationProgress = Pick<
  OperationRow,
  "id" | "endedAt" | "state" | "confirmed" | "words" | "facts" | "timeline"
>;

/** Which operations to list. */
export interface OperationFilter {
  readonly serviceId: string | null;
  readonly state: OperationState | null;
  /** Only rows with a smaller id: the next page. */
  readonly before: number;
  readonly limit: number;
}

/** Kept for each cluster; the oldest that are over go first. */
const keptPerCluster = 500;

const columns = `id, cluster, service_id AS serviceId, service_name AS serviceName, kind, user_name AS userName, via,
  revision_id AS revisionId, started_at AS startedAt, ended_at AS endedAt, state, confirmed, words, facts`;

/** The table of operations. */
export function operationsTable(db: Db) {
  const insert = db.prepare(
    `INSERT INTO operations (cluster, service_id, service_name, kind, user_name, via, revision_id, started_at, ended_at, state, confirmed, words, facts, timeline)
     VALUES (@cluster, @serviceId, @serviceName, @kind, @userName, @via, @revisionId, @startedAt, @endedAt, @state, @confirmed, @words, @facts, @timeline)`,
  );
  const trim = db.prepare(
    `DELETE FROM operations WHERE cluster = @cluster AND ended_at IS NOT NULL AND id <= (
       SELECT id FROM operations WHERE cluster = @cluster ORDER BY id DESC LIMIT 1 OFFSET ${keptPerCluster})`,
  );
  const save = db.prepare(
    `UPDATE operations SET ended_at = @endedAt, state = @state, confirmed = @confirmed, words = @words, facts = @facts,
       timeline = @timeline WHERE id = @id`,
  );
  const drop = db.prepare("DELETE FROM operations WHERE id = ?");
  const open = db.prepare(
    `SELECT ${columns}, timeline FROM operations WHERE cluster = ? AND ended_at IS NULL ORDER BY id`,
  );
  const byId = db.prepare(`SELECT ${columns}, timeline FROM operations WHERE cluster = ? AND id = ?`);
  const list = db.prepare(
    `SELECT ${columns} FROM operations
     WHERE cluster = @cluster AND id < @before AND (@serviceId IS NULL OR service_id = @serviceId)
       AND (@state IS NULL OR state = @state)
     ORDER BY id DESC LIMIT @limit`,
  );
  const add = db.transaction((row: Omit<OperationRow, "id">) => {
    const { lastInsertRowid } = insert.run(row);
    trim.run({ cluster: row.cluster });
    return Number(lastInsertRowid);
  });

  return {
    /** Answers the new row's id. */
    add: (row: Omit<OperationRow, "id">): number => add(row),
    save: (progress: OperationProgress) => {
      const { id, endedAt, state, confirmed, words, facts, timeline } = progress;
      save.run({ id, endedAt, state, confirmed, words, facts, timeline });
    },
    /** It never happened. */
    drop: (id: number) => void drop.run(id),
    /** Operations that are not over, oldest first. */
    open: (cluster: string) => open.all(cluster) as OperationRow[],
    byId: (cluster: string, id: number) => (byId.get(cluster, id) as OperationRow | undefined) ?? null,
    /** Newest first, without their timelines. */
    list: (cluster: string, filter: OperationFilter) =>
      list.all({ cluster, ...filter }) as Omit<OperationRow, "timeline">[],
  };
}

/** The table of operations. */
export type OperationsTable = ReturnType<typeof operationsTable>;
