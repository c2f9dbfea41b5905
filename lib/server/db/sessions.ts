import type { Db } from "./open.ts";

/** A browser's sign-in. Times in ms since 1970. */
export interface SessionRow {
  readonly id: string;
  readonly userId: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly address: string;
  readonly userAgent: string;
}

const columns = `id, user_id AS userId, created_at AS createdAt, last_seen_at AS lastSeenAt, address, user_agent AS userAgent`;

/** The table of sessions. Rows end by being deleted. */
export function sessionsTable(db: Db) {
  const byId = db.prepare(`SELECT ${columns} FROM sessions WHERE id = ?`);
  const byUser = db.prepare(
    `SELECT ${columns} FROM sessions WHERE user_id = ? ORDER BY last_seen_at DESC, id`,
  );
  const insert = db.prepare(
    "INSERT INTO sessions (id, user_id, created_at, last_seen_at, address, user_agent) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const touch = db.prepare("UPDATE sessions SET last_seen_at = ?, address = ? WHERE id = ?");
  const remove = db.prepare("DELETE FROM sessions WHERE id = ?");
  const ended = db.prepare("DELETE FROM sessions WHERE last_seen_at < ? OR created_at < ?");

  return {
    byId: (id: string) => (byId.get(id) as SessionRow | undefined) ?? null,
    /** Last seen first. */
    byUser: (userId: string) => byUser.all(userId) as SessionRow[],
    insert(row: SessionRow): void {
      insert.run(row.id, row.userId, row.createdAt, row.lastSeenAt, row.address, row.userAgent);
    },
    touch: (id: string, now: number, address: string) => void touch.run(now, address, id),
    /** Answers whether there was one. */
    remove: (id: string) => remove.run(id).changes > 0,
    removeOlder: (lastSeenBefore: number, createdBefore: number) =>
      void ended.run(lastSeenBefore, createdBefore),
  };
}

/** The table of sessions. */
export type SessionsTable = ReturnType<typeof sessionsTable>;
