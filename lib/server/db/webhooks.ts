import type { WebhookItem } from "#lib/shared/webhooks/types.ts";
import type { Db } from "./open.ts";

/** An inbound webhook. */
export interface WebhookRow extends WebhookItem {
  readonly cluster: string;
  /** Keyed hash of the secret half, hex. */
  readonly secretHash: string;
}

const columns = `id, cluster, kind, object, object_name AS objectName, name, secret_hash AS secretHash,
  created_at AS createdAt, created_by AS createdBy, last_used_at AS lastUsedAt, last_error AS lastError`;

/** The table of inbound webhooks. A revoked one is a deleted row. */
export function webhooksTable(db: Db) {
  const byId = db.prepare(`SELECT ${columns} FROM webhooks WHERE id = ?`);
  const list = db.prepare(`SELECT ${columns} FROM webhooks WHERE cluster = ? ORDER BY created_at, id`);
  const insert = db.prepare(
    `INSERT INTO webhooks (id, cluster, kind, object, object_name, name, secret_hash, created_at, created_by)
     VALUES (@id, @cluster, @kind, @object, @objectName, @name, @secretHash, @createdAt, @createdBy)`,
  );
  const used = db.prepare("UPDATE webhooks SET last_used_at = ?, last_error = ? WHERE id = ?");
  const remove = db.prepare("DELETE FROM webhooks WHERE id = ? AND cluster = ?");
  return {
    byId: (id: string) => (byId.get(id) as WebhookRow | undefined) ?? null,
    list: (cluster: string) => list.all(cluster) as WebhookRow[],
    insert: (row: Omit<WebhookRow, "lastUsedAt" | "lastError">) => void insert.run(row),
    /** `error`: why this call failed. */
    used: (id: string, now: number, error: string | null) => void used.run(now, error, id),
    /** Answers whether there was one. */
    remove: (id: string, cluster: string) => remove.run(id, cluster).changes > 0,
  };
}

/** The table of inbound webhooks. */
export type WebhooksTable = ReturnType<typeof webhooksTable>;
