import type { RevisionVia } from "#lib/shared/api/history.ts";
import type { Db } from "./open.ts";

/** Who replaced which specification by which. Specifications are the engine's exact JSON text. */
export interface Revision {
  readonly cluster: string;
  readonly kind: "service" | "node" | "swarm";
  readonly objectId: string;
  readonly objectName: string;
  /** ms since 1970. */
  readonly at: number;
  readonly userId: string;
  readonly userName: string;
  readonly via: RevisionVia;
  /** The audit action, such as `service.scale`. */
  readonly action: string;
  readonly specBefore: string;
  readonly specAfter: string;
}

/** A revision that was written down before the engine is asked: exactly one of the two follows, unless the server dies. */
export interface PendingRevision {
  /** The operation that follows the change to its end, where there is one. */
  readonly operation?: number;
  /** The engine accepted the change. */
  confirm(): void;
  /** The engine certainly did not make the change. */
  drop(): void;
}

/** A revision in a list, without the two specifications. */
export type RevisionHead = Omit<Revision, "specBefore" | "specAfter"> & {
  readonly id: number;
  /** 0: the server ended before it knew whether the engine had accepted the change. */
  readonly confirmed: 0 | 1;
};

/** Kept for each object; the oldest go first. */
const keptPerObject = 100;

const headColumns = `id, cluster, kind, object_id AS objectId, object_name AS objectName, at, user_id AS userId, user_name AS userName, via, action, confirmed`;

/** The table of replaced specifications. */
export function revisionsTable(db: Db) {
  const insert = db.prepare(
    `INSERT INTO revisions (cluster, kind, object_id, object_name, at, user_id, user_name, via, action, spec_before, spec_after, confirmed)
     VALUES (@cluster, @kind, @objectId, @objectName, @at, @userId, @userName, @via, @action, @specBefore, @specAfter, 0)`,
  );
  const trim = db.prepare(
    `DELETE FROM revisions WHERE cluster = @cluster AND kind = @kind AND object_id = @objectId AND id <= (
       SELECT id FROM revisions WHERE cluster = @cluster AND kind = @kind AND object_id = @objectId
       ORDER BY id DESC LIMIT 1 OFFSET ${keptPerObject})`,
  );
  const confirm = db.prepare("UPDATE revisions SET confirmed = 1 WHERE id = ?");
  const drop = db.prepare("DELETE FROM revisions WHERE id = ?");
  const list = db.prepare(
    `SELECT ${headColumns} FROM revisions WHERE cluster = ? AND kind = ? AND object_id = ? ORDER BY id DESC`,
  );
  const byId = db.prepare(
    `SELECT ${headColumns}, spec_before AS specBefore, spec_after AS specAfter FROM revisions WHERE id = ?`,
  );
  // SQLite reads the specifications: hundreds of them never become objects here.
  const images = db.prepare(
    `SELECT DISTINCT object_id AS serviceId, image FROM (
       SELECT object_id, json_extract(spec_before, '$.TaskTemplate.ContainerSpec.Image') AS image
       FROM revisions WHERE cluster = @cluster AND kind = 'service' AND json_valid(spec_before)
       UNION
       SELECT object_id, json_extract(spec_after, '$.TaskTemplate.ContainerSpec.Image')
       FROM revisions WHERE cluster = @cluster AND kind = 'service' AND json_valid(spec_after)
     ) WHERE image IS NOT NULL`,
  );
  const add = db.transaction((revision: Revision) => {
    const { lastInsertRowid } = insert.run(revision);
    trim.run({ cluster: revision.cluster, kind: revision.kind, objectId: revision.objectId });
    return Number(lastInsertRowid);
  });

  return {
    /** Writes it down before the engine is asked, so that a server that dies in between has not lost it. */
    begin(revision: Revision): PendingRevision & { readonly id: number } {
      const id = add(revision);
      return { id, confirm: () => void confirm.run(id), drop: () => void drop.run(id) };
    },
    confirm: (id: number) => void confirm.run(id),
    /** Newest first. */
    list: (cluster: string, kind: Revision["kind"], objectId: string) =>
      list.all(cluster, kind, objectId) as RevisionHead[],
    /** Every image that a kept specification of a service names. */
    images: (cluster: string) =>
      images.all({ cluster }) as readonly { readonly serviceId: string; readonly image: string }[],
    byId: (id: number) => (byId.get(id) as (Revision & RevisionHead) | undefined) ?? null,
  };
}

/** The table of replaced specifications. */
export type RevisionsTable = ReturnType<typeof revisionsTable>;
