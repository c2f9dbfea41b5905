import type { UserRow } from "#lib/server/db/users.ts";
import type { PeopleService } from "#lib/server/people-types.ts";
import type { AuthService, Caller } from "#lib/server/runtime-types.ts";
import { heldTo, highestRole } from "#lib/shared/access.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { type AccessRole, isAtLeast, type Role } from "#lib/shared/roles.ts";
import type { createSignInLimiter } from "./sign-in-limiter.ts";
import type { PeopleParts } from "./user-admin.ts";

const mostTokens = 50;

type OwnAccount = Omit<
  PeopleService,
  | "listUsers" | "user" | "createUser" | "changeUser" | "resetPassword" | "resetTwoFactor" | "removeUser"
  | "listTokens" | "token" | "revokeToken"
> & Pick<AuthService, "listSessions" | "endOwnSession" | "endAllSessions" | "changePassword">; // biome-ignore format: one block

interface OwnAccountParts extends PeopleParts {
  readonly limiter: ReturnType<typeof createSignInLimiter>;
  readonly setPassword: (user: UserRow, password: string, keepSession?: string) => Promise<void>;
}

/** What a signed-in person does to the own account. A token has none. */
export function createOwnAccount(parts: OwnAccountParts): OwnAccount {
  const { users, sessions, tokens, twoFactor, passwords, limiter, ended } = parts;

  function own(who: Caller): UserRow {
    const user = who.via === "session" ? users.byId(who.userId) : null;
    if (!user) throw new AppError("forbidden", t("errors.onlyInBrowser"));
    return user;
  }

  /** Throws wrong_credentials, slow_down. */
  async function prove(who: Caller, password: string): Promise<UserRow> {
    const user = own(who);
    const attempt = limiter.begin(user.name, who.address, true);
    if (!(await passwords.matches(password, user.passwordHash))) {
      throw new AppError("wrong_credentials", t("errors.wrongCurrentPassword"), {
        details: { fields: { current: t("errors.wrongCurrentPassword") } },
      });
    }
    attempt.succeeded();
    return user;
  }

  return {
    listSessions: (who) =>
      sessions
        .list(own(who).id)
        .map(({ userId: _, ...row }) => ({ ...row, current: row.id === who.credentialId })),
    endOwnSession(who, id) {
      const isOwn = sessions.list(own(who).id).some((row) => row.id === id);
      if (!isOwn) throw new AppError("not_found", t("errors.noSuchSession"));
      sessions.end(id);
    },
    endAllSessions: (who) => sessions.endAll(own(who).id),
    async changePassword(who, input) {
      await parts.setPassword(await prove(who, input.current), input.next, who.credentialId);
    },

    ownTokens: (who) => tokens.ofUser(own(who).id),
    createOwnToken(who, input) {
      const user = own(who);
      const { id, name } = user;
      const most = heldTo(user, "admin", input.clusters ?? null);
      requireRole(name, highestRole(most), input.role);
      if (tokens.ofUser(id).length >= mostTokens)
        throw new AppError("conflict", t("errors.tooManyTokens", { name, n: mostTokens }));
      const made = tokens.create(input, id);
      const item = tokens.byId(made.id);
      if (!item) throw new AppError("not_found", t("errors.noSuchToken"));
      return { item, token: made.token };
    },
    revokeOwnToken(who, id) {
      const isOwn = tokens.ofUser(own(who).id).some((token) => token.id === id);
      if (!isOwn) throw new AppError("not_found", t("errors.noSuchToken"));
      tokens.revoke(id);
      ended(id);
    },

    twoFactor: (who) => twoFactor.info(own(who).id),
    async beginTwoFactor(who, password) {
      const { id, name } = await prove(who, password);
      return twoFactor.begin(id, name);
    },
    confirmTwoFactor: (who, code) => twoFactor.confirm(own(who).id, code),
    async disableTwoFactor(who, password) {
      twoFactor.remove((await prove(who, password)).id);
    },
    async renewRecoveryCodes(who, password) {
      return twoFactor.renew((await prove(who, password)).id);
    },
  };
}

function requireRole(name: string, role: AccessRole, wanted: Role): void {
  if (isAtLeast(role, wanted)) return;
  if (role === "none") throw new AppError("forbidden", t("errors.tokenNone", { name }));
  throw new AppError("forbidden", t("errors.tokenRole", { name, role, wanted }));
}
