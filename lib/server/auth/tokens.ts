import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { TokenRow, TokensTable } from "#lib/server/db/tokens.ts";
import type { UserRow, UsersTable } from "#lib/server/db/users.ts";
import { type Access, heldTo, highestRole } from "#lib/shared/access.ts";
import type { TokenInfo } from "#lib/shared/api/people-types.ts";
import type { Role } from "#lib/shared/roles.ts";

const usedEveryMs = 60_000;

/** What a token of the command line is measured by: it belongs to nobody. */
const unbound: Access = { role: "admin", clusters: {} };

/** `clusters`: ids of the only ones it is for. `expiresAt` in ms since 1970, null: never. */
export interface NewToken {
  readonly name: string;
  readonly role: Role;
  readonly clusters?: readonly string[] | undefined;
  readonly expiresAt: number | null;
}

/** A token that works now. */
export interface LiveToken {
  readonly id: string;
  readonly name: string;
  /** What it and its owner both may do. */
  readonly access: Access;
  readonly owner: UserRow | null;
}

/**
 * API tokens: `shoal_<id>_<secret>`; only a keyed hash (HMAC-SHA-256) of the secret is kept. A token of a person
 * never may more than the person, in no cluster, and nothing while the person's account is disabled.
 */
export function createTokens(table: TokensTable, users: UsersTable, pepper: string, now: () => number) {
  const hash = (secret: string): string => createHmac("sha256", pepper).update(secret).digest("hex");

  function live(row: TokenRow): LiveToken | null {
    if (row.expiresAt !== null && row.expiresAt <= now()) return null;
    const { id, name, role, clusters } = row;
    if (row.userId === null) return { id, name, access: heldTo(unbound, role, clusters), owner: null };
    const owner = users.byId(row.userId);
    return owner && !owner.disabled ? { id, name, access: heldTo(owner, role, clusters), owner } : null;
  }

  function info(row: TokenRow): TokenInfo {
    const { id, name, role, clusters, createdAt, expiresAt, lastUsedAt } = row;
    const working = live(row);
    const owner = row.userId === null ? null : users.byId(row.userId);
    return {
      id, name, role, clusters, createdAt, expiresAt, lastUsedAt,
      owner: owner && { id: owner.id, name: owner.name },
      effectiveRole: working && highestRole(working.access),
    }; // biome-ignore format: short
  }

  return {
    /** Answers the whole token, which is never shown again. `expiresAt` in ms since 1970, null: never. */
    create(input: NewToken, userId: string | null = null): { id: string; token: string } {
      const id = randomBytes(6).toString("hex");
      const secret = randomBytes(24).toString("base64url").replace(/[-_]/g, "x");
      const { name, role, clusters = null, expiresAt } = input;
      table.insert({
        id,
        userId,
        name,
        role,
        clusters,
        expiresAt,
        secretHash: hash(secret),
        createdAt: now(),
      });
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
    /** What it may do now; null while it does not work. */
    access(id: string): Access | null {
      const row = table.byId(id);
      return (row && live(row)?.access) ?? null;
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
