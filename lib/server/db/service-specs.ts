import type { Db } from "./open.ts";

/** The newest specification seen of a service: the engine's exact JSON text and the version of the object. */
export interface SeenSpec {
  readonly serviceId: string;
  readonly version: number;
  readonly spec: string;
  /** ms since 1970. */
  readonly seenAt: number;
}

/** The table of newest specifications: one row for each service of a cluster. */
export function serviceSpecsTable(db: Db) {
  const list = db.prepare(
    "SELECT service_id AS serviceId, version, spec, seen_at AS seenAt FROM service_specs WHERE cluster = ?",
  );
  const put = db.prepare(
    `INSERT INTO service_specs (cluster, service_id, version, spec, seen_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET version = excluded.version, spec = excluded.spec, seen_at = excluded.seen_at`,
  );
  const remove = db.prepare("DELETE FROM service_specs WHERE cluster = ? AND service_id = ?");

  return {
    list: (cluster: string) => list.all(cluster) as SeenSpec[],
    put: (cluster: string, { serviceId, version, spec, seenAt }: SeenSpec) =>
      void put.run(cluster, serviceId, version, spec, seenAt),
    remove: (cluster: string, serviceId: string) => void remove.run(cluster, serviceId),
  };
}

/** The table of newest specifications. */
export type ServiceSpecsTable = ReturnType<typeof serviceSpecsTable>;
