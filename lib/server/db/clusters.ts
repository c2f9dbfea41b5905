import type { Db } from "./open.ts";

export interface ClusterRow {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
}

/** A join key as kept: its text is sealed. */
export interface JoinKeyRow {
  readonly id: string;
  readonly cluster: string;
  readonly sealed: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
}

/** Clusters that agents lead to, and the keys by which agents come in. */
export function clustersTable(db: Db) {
  const list = db.prepare("SELECT id, name, created_at AS createdAt FROM clusters ORDER BY created_at, id");
  const put = db.prepare(
    `INSERT INTO clusters (id, name, created_at) VALUES (@id, @name, @createdAt)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name`,
  );
  const remove = db.prepare("DELETE FROM clusters WHERE id = ?");
  const keyColumns = "id, cluster, sealed, created_at AS createdAt, expires_at AS expiresAt";
  const keys = db.prepare(`SELECT ${keyColumns} FROM join_keys WHERE cluster = ? ORDER BY created_at`);
  const key = db.prepare(`SELECT ${keyColumns} FROM join_keys WHERE id = ?`);
  const addKey = db.prepare(
    `INSERT INTO join_keys (id, cluster, sealed, created_at, expires_at)
     VALUES (@id, @cluster, @sealed, @createdAt, @expiresAt)`,
  );
  const removeKeys = db.prepare("DELETE FROM join_keys WHERE cluster = ?");
  // Another cluster may get the same id one day: what people could do in this one says nothing about that one.
  const forgetRoles = db.prepare(
    `UPDATE users SET clusters =
       (SELECT json_group_object(key, value) FROM json_each(users.clusters) WHERE key <> @id)
     WHERE EXISTS (SELECT 1 FROM json_each(users.clusters) WHERE key = @id)`,
  );
  const forgetLimits = db.prepare(
    `UPDATE tokens SET clusters =
       (SELECT json_group_array(value) FROM json_each(tokens.clusters) WHERE value <> @id)
     WHERE clusters IS NOT NULL`,
  );
  return {
    list: () => list.all() as ClusterRow[],
    put: (row: ClusterRow) => void put.run(row),
    /** Removes it, with its join keys and with what people may do in it and nowhere else. */
    remove: db.transaction((id: string) => {
      forgetRoles.run({ id });
      forgetLimits.run({ id });
      removeKeys.run(id);
      remove.run(id);
    }),
    /** Oldest first. */
    joinKeys: (cluster: string) => keys.all(cluster) as JoinKeyRow[],
    joinKey: (id: string) => (key.get(id) as JoinKeyRow | undefined) ?? null,
    addJoinKey: (row: JoinKeyRow) => void addKey.run(row),
    removeJoinKeys: (cluster: string) => void removeKeys.run(cluster),
  };
}

export type ClustersTable = ReturnType<typeof clustersTable>;
