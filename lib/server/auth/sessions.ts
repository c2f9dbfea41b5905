import { randomBytes } from "node:crypto";
import type { SessionRow, SessionsTable } from "#lib/server/db/sessions.ts";
import type { UserRow, UsersTable } from "#lib/server/db/users.ts";
import type { Access } from "#lib/shared/access.ts";

const day = 86_400_000;
/** A session ends when it was not used for this long … */
const idleMs = 30 * day;
/** … and in any case this long after the sign-in. */
const mostMs = 365 * day;
const seenEveryMs = 60_000;
/** One account's sessions; the one not seen for longest ends when another begins. */
const mostPerUser = 100;
const longestUserAgent = 300;

/** Sessions of browsers: rows in the database, so they survive restarts and can be ended from anywhere. */
export function createSessions(
  table: SessionsTable,
  users: UsersTable,
  now: () => number,
  ended: (id: string) => void,
) {
  const isFresh = (row: SessionRow): boolean =>
    now() - row.lastSeenAt < idleMs && now() - row.createdAt < mostMs;

  function end(id: string): void {
    if (table.remove(id)) ended(id);
  }

  function live(id: string): { row: SessionRow; user: UserRow } | null {
    const row = table.byId(id);
    if (!row || !isFresh(row)) return null;
    const user = users.byId(row.userId);
    return user && !user.disabled ? { row, user } : null;
  }

  return {
    /** Answers the new session's id, which alone does not sign anybody in: the cookie is made with the key. */
    open(userId: string, facts: { address: string; userAgent: string }): string {
      for (const surplus of table.byUser(userId).slice(mostPerUser - 1)) end(surplus.id);
      const id = randomBytes(18).toString("base64url");
      const userAgent = facts.userAgent.slice(0, longestUserAgent);
      table.insert({ id, userId, createdAt: now(), lastSeenAt: now(), address: facts.address, userAgent });
      return id;
    },
    /** The account behind a live session, or null. */
    user: (id: string): UserRow | null => live(id)?.user ?? null,
    /** What it may do now; null when it has ended. */
    access: (id: string): Access | null => accessOf(live(id)?.user ?? null),
    /** As `user`; notes that the session was seen, at most once a minute. */
    use(id: string, address: string): UserRow | null {
      const found = live(id);
      if (found && now() - found.row.lastSeenAt >= seenEveryMs) table.touch(id, now(), address);
      return found?.user ?? null;
    },
    /** The live ones, last seen first. */
    list: (userId: string): SessionRow[] => table.byUser(userId).filter(isFresh),
    end,
    /** Ends all sessions of an account but one. */
    endAll(userId: string, except?: string): void {
      for (const row of table.byUser(userId)) {
        if (row.id !== except) end(row.id);
      }
    },
    /** Has this account signed in from this address, by a session that still lives? */
    knows: (userId: string, sameAddress: (address: string) => boolean): boolean =>
      table.byUser(userId).some((row) => isFresh(row) && sameAddress(row.address)),
    removeOld: (): void => table.removeOlder(now() - idleMs, now() - mostMs),
  };
}

function accessOf(user: UserRow | null): Access | null {
  return user && { role: user.role, clusters: user.clusters };
}

/** Sessions of browsers. */
export type Sessions = ReturnType<typeof createSessions>;
