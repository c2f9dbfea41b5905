import type { ServiceColor } from "#lib/shared/model/types.ts";
import type { Db } from "./open.ts";

/** What a service name wears in one cluster, and when a service of that name was last there (ms since 1970). */
export interface ServiceColorRow extends ServiceColor {
  readonly name: string;
  readonly lastSeenAt: number;
}

/** The table of service colours, by cluster and full service name. */
export function serviceColorsTable(db: Db) {
  const list = db.prepare(
    "SELECT name, hue, marking, last_seen_at AS lastSeenAt FROM service_colors WHERE cluster = ?",
  );
  const put = db.prepare(
    `INSERT INTO service_colors (cluster, name, hue, marking, last_seen_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET hue = excluded.hue, marking = excluded.marking, last_seen_at = excluded.last_seen_at`,
  );
  const remove = db.prepare("DELETE FROM service_colors WHERE cluster = ? AND last_seen_at < ?");
  const putAll = db.transaction((cluster: string, rows: readonly ServiceColorRow[]) => {
    for (const row of rows) put.run(cluster, row.name, row.hue, row.marking, row.lastSeenAt);
  });

  return {
    list: (cluster: string) => list.all(cluster) as ServiceColorRow[],
    /** Adds or replaces, all or none. */
    put: (cluster: string, rows: readonly ServiceColorRow[]): void => putAll(cluster, rows),
    removeUnseen: (cluster: string, since: number) => void remove.run(cluster, since),
  };
}
