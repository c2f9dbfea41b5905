import { nameTaken, type UserChange, type UserRow, type UsersTable } from "#lib/server/db/users.ts";
import type { PeopleService } from "#lib/server/people-types.ts";
import type { ClusterRoles } from "#lib/shared/access.ts";
import type { NewPasswordAnswer, UserInfo } from "#lib/shared/api/people-types.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { type AccessRole, isAtLeast } from "#lib/shared/roles.ts";
import { checkedPassword, randomPassword } from "./accounts.ts";
import type { Passwords } from "./passwords.ts";
import type { Sessions } from "./sessions.ts";
import type { Tokens } from "./tokens.ts";
import type { TwoFactor } from "./two-factor.ts";

/** What everything about people works with. */
export interface PeopleParts {
  readonly users: UsersTable;
  readonly sessions: Sessions;
  readonly tokens: Tokens;
  readonly twoFactor: TwoFactor;
  readonly passwords: Passwords;
  readonly now: () => number;
  /** Tells that what hangs on a session or token ends now. */
  readonly ended: (credentialId: string) => void;
  /** Tells those who may do something else than before. */
  readonly changed: () => void;
}

type UserAdmin = Pick<
  PeopleService,
  | "listUsers" | "user" | "createUser" | "changeUser" | "resetPassword" | "resetTwoFactor" | "removeUser"
  | "listTokens" | "token" | "revokeToken"
>; // biome-ignore format: one block

/** What an admin does to accounts and to everybody's tokens. */
export function createUserAdmin({
  users,
  sessions,
  tokens,
  twoFactor,
  passwords,
  now,
  ended,
  changed,
}: PeopleParts): UserAdmin {
  function find(ref: string): UserRow {
    const user = users.byId(ref) ?? users.byName(ref);
    if (!user) throw new AppError("not_found", t("errors.noSuchUser", { name: ref }));
    return user;
  }

  function info(user: UserRow): UserInfo {
    const { id, name, role, clusters, disabled, createdAt, configuredHash } = user;
    const open = sessions.list(id);
    return {
      id, name, role, clusters, disabled, createdAt,
      configured: configuredHash !== null,
      twoFactor: twoFactor.isOn(id),
      lastSeenAt: open[0]?.lastSeenAt ?? null,
      sessions: open.length,
      tokens: tokens.ofUser(id).length,
    }; // biome-ignore format: short
  }

  /** Streams and sockets of a token were opened with what it could do then. */
  function cutTokens(userId: string): void {
    for (const token of tokens.ofUser(userId)) ended(token.id);
  }

  function requireToken(id: string) {
    const token = tokens.byId(id);
    if (!token) throw new AppError("not_found", t("errors.noSuchToken"));
    return token;
  }

  async function withPassword(given: string | undefined): Promise<{ hash: string; shown: string | null }> {
    const password = given === undefined ? randomPassword() : checkedPassword(given);
    return { hash: await passwords.hash(password), shown: given === undefined ? password : null };
  }

  return {
    listUsers: () => users.list().map(info),
    user: (ref) => info(find(ref)),

    async createUser({ name, role, clusters = {}, password }): Promise<NewPasswordAnswer> {
      requireFitting(role, clusters);
      if (users.byName(name)) throw nameTaken(name);
      const { hash, shown } = await withPassword(password);
      // Somebody else may have been first while the hash was made; nothing runs between these two lines.
      if (users.byName(name)) throw nameTaken(name);
      return {
        user: info(find(users.insert({ name, passwordHash: hash, role, clusters, now: now() }))),
        password: shown,
      };
    },

    changeUser(ref, change: UserChange) {
      const { id, role } = find(ref);
      requireFitting(change.role ?? role, change.clusters ?? {});
      // Whoever becomes an admin has no exceptions from then on.
      const before = users.change(id, change.role === "admin" ? { ...change, clusters: {} } : change);
      const after = find(id);
      const mayLess = !isAtLeast(after.role, before.role);
      if ((after.disabled && !before.disabled) || mayLess) {
        sessions.endAll(id);
        cutTokens(id);
      }
      changed();
      return info(find(id));
    },

    async resetPassword(ref, password) {
      const { id } = find(ref);
      const { hash, shown } = await withPassword(password);
      users.setHash(id, hash);
      sessions.endAll(id);
      return { user: info(find(id)), password: shown };
    },

    resetTwoFactor: (ref) => twoFactor.remove(find(ref).id),

    removeUser(ref) {
      const { id } = find(ref);
      const open = [...sessions.list(id), ...tokens.ofUser(id)];
      users.remove(id);
      for (const credential of open) ended(credential.id);
    },

    listTokens: tokens.list,
    token: requireToken,
    revokeToken(id) {
      requireToken(id);
      tokens.revoke(id);
      ended(id);
    },
  };
}

/** An admin could undo an exception, so there is none to be made. */
function requireFitting(role: AccessRole, clusters: ClusterRoles): void {
  if (role !== "admin" || Object.keys(clusters).length === 0) return;
  const text = t("errors.adminEverywhere");
  throw new AppError("invalid_input", text, { details: { fields: { clusters: text } } });
}
