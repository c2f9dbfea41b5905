import type { FilterPage, SavedFilter } from "#lib/shared/api/filter-schemas.ts";
import type { Db } from "./open.ts";

const columns = "CAST(id AS TEXT) AS id, page, name, query";

/** The filters people saved for themselves. Those of an account that is removed go with it. */
export function savedFiltersTable(db: Db) {
  const list = db.prepare(
    `SELECT ${columns} FROM saved_filters WHERE user_id = ? ORDER BY page, name COLLATE NOCASE`,
  );
  const byName = db.prepare(
    `SELECT ${columns} FROM saved_filters WHERE user_id = ? AND page = ? AND name = ?`,
  );
  const put = db.prepare(
    `INSERT INTO saved_filters (user_id, page, name, query, created_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (user_id, page, name) DO UPDATE SET query = excluded.query`,
  );
  const rename = db.prepare("UPDATE saved_filters SET name = ? WHERE user_id = ? AND id = ?");
  const remove = db.prepare("DELETE FROM saved_filters WHERE user_id = ? AND id = ?");

  return {
    list: (userId: string) => list.all(userId) as SavedFilter[],
    byName: (userId: string, page: FilterPage, name: string) =>
      (byName.get(userId, page, name) as SavedFilter | undefined) ?? null,
    /** Adds, or replaces the query of the one with this name. */
    put: (userId: string, filter: Omit<SavedFilter, "id">, now: number) =>
      void put.run(userId, filter.page, filter.name, filter.query, now),
    /** Answer whether there was one. */
    rename: (userId: string, id: string, name: string) => rename.run(name, userId, id).changes > 0,
    remove: (userId: string, id: string) => remove.run(userId, id).changes > 0,
  };
}

/** The table of saved filters. */
export type SavedFiltersTable = ReturnType<typeof savedFiltersTable>;
