import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { TokenRow, TokensTable } from "#lib/server/db/tokens.ts";
import type { UserRow, UsersTable } from "#lib/server/db/users.ts";
import type { TokenInfo } from "#lib/shared/api/people-types.ts";
import { type Role, roles } from "#lib/shared/roles.ts";

const usedEveryMs = 60_000;

/** A token that works now. */
export interface LiveToken {
  readonly id: string;
  readonly name: string;
  /** The lower of its own and its owner's role. */
  readonly role: Role;
  readonly owner: UserRow | null;
}

/**
 * API tokens: `shoal_<id>_<secret>`; only a keyed hash (HMAC-SHA-256) of the secret is kept. A token of a person
 * never may more than the person, and nothing while the person's account is disabled.
 */
export function createTokens(table: TokensTable, users: UsersTable, pepper: string, now: () => number) {
  const hash = (secret: string): string => createHmac("sha256", pepper).update(secret).digest("hex");

  function live(row: TokenRow): LiveToken | null {
    if (row.expiresAt !== null && row.expiresAt <= now()) return null;
    const { id, name } = row;
    if (row.userId === null) return { id, name, role: row.role, owner: null };
    const owner = users.byId(row.userId);
    return owner && !owner.disabled ? { id, name, role: lower(row.role, owner.role), owner } : null;
  }

  function info(row: TokenRow): TokenInfo {
    const { id, name, role, createdAt, expiresAt, lastUsedAt } = row;
    const owner = row.userId === null ? null : users.byId(row.userId);
    return {
      id, name, role, createdAt, expiresAt, lastUsedAt,
      owner: owner && { id: owner.id, name: owner.name },
      effectiveRole: live(row)?.role ?? null,
    }; // biome-ignore format: short
  }

  return {
    /** Answers the whole token, which is never shown again. `expiresAt` in ms since 1970, null: never. */
    create(
      input: { name: string; role: Role; expiresAt: number | null },
      userId: string | null = null,
    ): { id: string; token: string } {
      const id = randomBytes(6).toString("hex");
      const secret = randomBytes(24).toString("base64url").replace(/[-_]/g, "x");
      const { name, role, expiresAt } = input;
      table.insert({ id, userId, name, role, expiresAt, secretHash: hash(secret), createdAt: now() });
      return { id, token: `shoal_${id}_${secret}` };
    },
    /** The live token behind this text, or null. Notes the use, at most once a minute. */
    verify(token: string): LiveToken | null {
      const [, id, secret] = /^shoal_([0-9a-f]{12})_([A-Za-z0-9]{32})$/.exec(token) ?? [];
      if (id === undefined || secret === undefined) return null;
      const row = table.byId(id);
      const found = row && live(row);
      if (!found) return null;
      if (!timingSafeEqual(Buffer.from(row.secretHash), Buffer.from(hash(secret)))) return null;
      if (now() - (row.lastUsedAt ?? 0) >= usedEveryMs) table.touch(id, now());
      return found;
    },
    isLive(id: string): boolean {
      const row = table.byId(id);
      return row !== null && live(row) !== null;
    },
    list: (): TokenInfo[] => table.list().map(info),
    ofUser: (userId: string): TokenInfo[] => table.byUser(userId).map(info),
    byId(id: string): TokenInfo | null {
      const row = table.byId(id);
      return row && info(row);
    },
    /** Answers whether there was one. */
    revoke: (id: string): boolean => table.remove(id),
  };
}

/** API tokens. */
export type Tokens = ReturnType<typeof createTokens>;

function lower(one: Role, other: Role): Role {
  return roles.indexOf(one) < roles.indexOf(other) ? one : other;
}
