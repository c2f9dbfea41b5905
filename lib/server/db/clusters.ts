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
  return {
    list: () => list.all() as ClusterRow[],
    put: (row: ClusterRow) => void put.run(row),
    remove: db.transaction((id: string) => {
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
