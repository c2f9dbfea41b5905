import type { Role } from "#lib/shared/roles.ts";
import type { Db } from "./open.ts";

/** An API token without its secret. Times in ms since 1970. */
export interface TokenRow {
  readonly id: string;
  /** Whose token it is; null: made by the command line, nobody's. */
  readonly userId: string | null;
  readonly name: string;
  readonly role: Role;
  /** Ids of the clusters it is for; null: it is not limited to any. */
  readonly clusters: readonly string[] | null;
  /** Keyed hash of the secret half, hex. */
  readonly secretHash: string;
  readonly createdAt: number;
  /** Null: never. */
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
}

interface Raw extends Omit<TokenRow, "clusters"> {
  readonly clusters: string | null;
}

const columns = `id, user_id AS userId, name, role, clusters, secret_hash AS secretHash, created_at AS createdAt, expires_at AS expiresAt, last_used_at AS lastUsedAt`;

/** The table of API tokens. A revoked token is a deleted row. */
export function tokensTable(db: Db) {
  const byId = db.prepare(`SELECT ${columns} FROM tokens WHERE id = ?`);
  const list = db.prepare(`SELECT ${columns} FROM tokens ORDER BY created_at, id`);
  const byUser = db.prepare(`SELECT ${columns} FROM tokens WHERE user_id = ? ORDER BY created_at, id`);
  const insert = db.prepare(
    `INSERT INTO tokens (id, user_id, name, role, clusters, secret_hash, created_at, expires_at)
     VALUES (@id, @userId, @name, @role, @clusters, @secretHash, @createdAt, @expiresAt)`,
  );
  const touch = db.prepare("UPDATE tokens SET last_used_at = ? WHERE id = ?");
  const remove = db.prepare("DELETE FROM tokens WHERE id = ?");

  const row = (raw: unknown): TokenRow => {
    const { clusters, ...rest } = raw as Raw;
    return { ...rest, clusters: clusters === null ? null : JSON.parse(clusters) };
  };

  return {
    byId(id: string): TokenRow | null {
      const raw = byId.get(id);
      return raw === undefined ? null : row(raw);
    },
    list: () => list.all().map(row),
    byUser: (userId: string) => byUser.all(userId).map(row),
    insert(token: Omit<TokenRow, "lastUsedAt">): void {
      insert.run({ ...token, clusters: token.clusters && JSON.stringify(token.clusters) });
    },
    touch: (id: string, now: number) => void touch.run(now, id),
    /** Answers whether there was one. */
    remove: (id: string) => remove.run(id).changes > 0,
  };
}

/** The table of API tokens. */
export type TokensTable = ReturnType<typeof tokensTable>;
