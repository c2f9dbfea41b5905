import type { RotationView } from "#lib/shared/swarm-files/types.ts";
import type { Db } from "./open.ts";

/** Kept for each cluster; the oldest go first. */
const keptPerCluster = 100;

/** Rotations of secrets and configs, so that a server that was killed still says which service has which. */
export function rotationsTable(db: Db) {
  const put = db.prepare(
    `INSERT INTO rotations (id, cluster, started_at, state, view) VALUES (@id, @cluster, @startedAt, @state, @view)
     ON CONFLICT (id) DO UPDATE SET state = @state, view = @view`,
  );
  const trim = db.prepare(
    `DELETE FROM rotations WHERE cluster = @cluster AND id NOT IN (
       SELECT id FROM rotations WHERE cluster = @cluster ORDER BY started_at DESC LIMIT ${keptPerCluster})`,
  );
  const list = db.prepare("SELECT view FROM rotations WHERE cluster = ? ORDER BY started_at DESC").pluck();

  return {
    put(cluster: string, view: RotationView): void {
      const { id, startedAt, state } = view;
      put.run({ id, cluster, startedAt, state, view: JSON.stringify(view) });
      trim.run({ cluster });
    },
    /** Newest first. */
    list: (cluster: string) => list.all(cluster).map((text) => JSON.parse(String(text)) as RotationView),
  };
}

/** The table of rotations. */
export type RotationsTable = ReturnType<typeof rotationsTable>;
