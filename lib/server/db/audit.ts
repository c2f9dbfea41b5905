import type { Db } from "./open.ts";

/** One line of the audit table. `at` in ms since 1970; `facts` is JSON text. */
export interface AuditRow {
  readonly at: number;
  readonly action: string;
  readonly userId: string | null;
  readonly userName: string | null;
  readonly role: string | null;
  readonly via: string | null;
  readonly address: string;
  readonly cluster: string | null;
  readonly object: string;
  /** `started`: the server ended before it knew how it went. */
  readonly result: "ok" | "denied" | "failed" | "started";
  readonly facts: string | null;
}

const columns = `id, at, action, user_id AS userId, user_name AS userName, role, via, address, cluster, object, result, facts`;

/** The audit table: rows are added, read newest first, and dropped from the old end. */
export function auditTable(db: Db) {
  const insert = db.prepare(
    `INSERT INTO audit (at, action, user_id, user_name, role, via, address, cluster, object, result, facts)
     VALUES (@at, @action, @userId, @userName, @role, @via, @address, @cluster, @object, @result, @facts)`,
  );
  const finish = db.prepare(
    "UPDATE audit SET object = @object, result = @result, facts = @facts WHERE id = @id",
  );
  const newest = db.prepare(`SELECT ${columns} FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?`);
  const old = db.prepare("DELETE FROM audit WHERE at < ?");
  const surplus = db.prepare(
    `DELETE FROM audit WHERE result = @result AND id <= (
       SELECT id FROM audit WHERE result = @result ORDER BY id DESC LIMIT 1 OFFSET @keep)`,
  );

  return {
    /** Answers the new row's id. */
    insert: (row: AuditRow): number => Number(insert.run(row).lastInsertRowid),
    /** How a row that was `started` went. */
    finish: (id: number, end: Pick<AuditRow, "object" | "result" | "facts">) =>
      void finish.run({ id, object: end.object, result: end.result, facts: end.facts }),
    /** Rows before the row `beforeId`, newest first. */
    newest: (limit: number, beforeId = Number.MAX_SAFE_INTEGER) =>
      newest.all(beforeId, limit) as (AuditRow & { id: number })[],
    removeBefore: (at: number) => void old.run(at),
    /** Keeps the newest `keep` rows of one result. */
    keepNewest: (result: AuditRow["result"], keep: number) => void surplus.run({ result, keep }),
  };
}

/** The audit table. */
export type AuditTable = ReturnType<typeof auditTable>;
