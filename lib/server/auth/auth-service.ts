import type { Logger } from "pino";
import type { AdminPassword } from "#lib/server/config/config.ts";
import { foreignChanges } from "#lib/server/db/foreign-changes.ts";
import { loadKeys } from "#lib/server/db/keys.ts";
import type { Db } from "#lib/server/db/open.ts";
import { sessionsTable } from "#lib/server/db/sessions.ts";
import { tokensTable } from "#lib/server/db/tokens.ts";
import { twoFactorTable } from "#lib/server/db/two-factor.ts";
import { type UserRow, usersTable } from "#lib/server/db/users.ts";
import type { PeopleService } from "#lib/server/people-types.ts";
import type { AuditLog, AuthService, Caller } from "#lib/server/runtime-types.ts";
import type { TokenInfo } from "#lib/shared/api/people-types.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { createAccounts } from "./accounts.ts";
import { createCredentialWatch } from "./credential-watch.ts";
import { createOwnAccount } from "./own-account.ts";
import { createPasswords } from "./passwords.ts";
import { readSessionId } from "./session-cookie.ts";
import { createSessions } from "./sessions.ts";
import { createSetupCode, isSetupCode } from "./setup-code.ts";
import { createSignIn } from "./sign-in.ts";
import { addressKey, createSignInLimiter, slowDown } from "./sign-in-limiter.ts";
import { createSlowdown } from "./slowdown.ts";
import { createTokens, type NewToken } from "./tokens.ts";
import { createTwoFactor } from "./two-factor.ts";
import { createUserAdmin } from "./user-admin.ts";

/** What main and the command line may do beyond what requests may. */
export interface AuthAdmin {
  /** The one-time code for the first account, for the log; null once there is an account. */
  setupCode(): string | null;
  /** Applies --admin-password(-file) before serving. Throws invalid_input. */
  applyAdminPassword(
    given: AdminPassword,
  ): Promise<{ name: string; done: "created" | "changed" | "unchanged" }>;
  /** Answers the whole token, which is shown once. `expiresAt` in ms since 1970, null: never. */
  createToken(input: NewToken): { id: string; token: string };
  listTokens(): readonly TokenInfo[];
  /** Throws not_found. */
  revokeToken(id: string): void;
  /** Sets a password, or a random one; answers it. Throws not_found, invalid_input. */
  resetPassword(name: string, password?: string): Promise<string>;
  /** Removes an account's second factor. Throws not_found, conflict (there is none). */
  resetTwoFactor(name: string): void;
  /** What requests may do to accounts and tokens. */
  readonly people: PeopleService;
  accountNames(): readonly string[];
  /** Notices now what somebody may do more or less than before. */
  accessChanged(): void;
  /** Starts noticing what other processes and time end. Answers the function that stops it. */
  watch(): () => void;
}

const checkEveryMs = 2_000;
const expiryEveryMs = 60_000;

/**
 * Accounts, sessions and tokens on an open database, which the caller closes. The command line builds one
 * beside the running server's. `cost` and `now` are for tests.
 */
export function createAuth(options: {
  readonly db: Db;
  readonly audit: Pick<AuditLog, "write">;
  readonly log: Logger;
  readonly cost?: number;
  readonly now?: () => number;
}): AuthService & AuthAdmin {
  const { db, audit, log, now = Date.now } = options;
  const keys = loadKeys(db);
  const users = usersTable(db);
  const passwords = createPasswords(options.cost);
  const tokens = createTokens(tokensTable(db), users, keys.tokenPepper, now);
  const twoFactor = createTwoFactor(twoFactorTable(db), keys.twoFactorKey, now);
  const watch = createCredentialWatch((id) => sessions.access(id) ?? tokens.access(id), log);
  const sessions = createSessions(sessionsTable(db), users, now, watch.ended);
  const accounts = createAccounts(users, sessions, passwords, now);
  const limiter = createSignInLimiter(now);
  const setupTries = createSlowdown({ free: 5, firstMs: 1_000, mostMs: 60_000, forgetMs: 3_600_000 }, now);
  const parts = {
    users,
    sessions,
    tokens,
    twoFactor,
    passwords,
    now,
    ended: watch.ended,
    changed: watch.check,
  };
  const userAdmin = createUserAdmin(parts);
  const ownAccount = createOwnAccount({ ...parts, limiter, setPassword: accounts.setPassword });
  let setupCode = users.count() === 0 ? createSetupCode() : null;

  async function caller(cookie: string | null, authorization: string | null, address: string) {
    const bearer = /^bearer\s+(\S+)\s*$/i.exec(authorization ?? "")?.[1];
    // A request with a bearer header skips the origin check, so its cookie must not count.
    if (/^bearer\s+\S/i.test(authorization ?? ""))
      return bearer === undefined ? null : byToken(bearer, address);
    const sid = cookie === null ? null : await readSessionId(cookie, keys.sessionSecret);
    return sid === null ? null : bySession(sid, address);
  }

  function byToken(text: string, address: string): Caller | null {
    const token = tokens.verify(text);
    if (!token) return null;
    const { id, access, owner } = token;
    const name = owner ? `${owner.name}, token ${token.name}` : `token ${token.name}`;
    return {
      userId: `token:${id}`,
      name,
      role: access.role,
      access,
      via: "token",
      credentialId: id,
      address,
    };
  }

  function bySession(sid: string, address: string): Caller | null {
    const user = sessions.use(sid, address);
    if (!user) return null;
    return { ...callerOf(user), via: "session", credentialId: sid, address };
  }

  return {
    sessionSecret: keys.sessionSecret,

    async authenticate(facts) {
      const found = await caller(facts.cookie, facts.authorization, facts.address);
      if (found) watch.watch(found.credentialId, found.access);
      return found;
    },

    needsSetup: () => users.count() === 0,

    async setup(input, address) {
      if (setupCode === null || users.count() > 0) throw new AppError("already_done", t("errors.setupDone"));
      const from = addressKey(address);
      const wait = setupTries.waitMs(from);
      if (wait > 0) throw slowDown(wait);
      if (!isSetupCode(input.code, setupCode)) {
        setupTries.fail(from);
        throw new AppError("invalid_input", t("errors.wrongSetupCode"), {
          details: { fields: { code: t("errors.wrongSetupCode") } },
        });
      }
      await accounts.createFirst(input.name, input.password);
      setupCode = null;
    },

    signIn: createSignIn({ ...parts, limiter, audit }),

    openSession: (userId, facts) => sessions.open(userId, facts),
    sessionUser(sid) {
      const user = sessions.user(sid);
      return user && callerOf(user);
    },
    endSession: (sid) => sessions.end(sid),

    listSessions: ownAccount.listSessions,
    endOwnSession: ownAccount.endOwnSession,
    endAllSessions: ownAccount.endAllSessions,
    changePassword: ownAccount.changePassword,

    onCredentialEnd: watch.onEnd,
    onAccessChange: watch.onChange,
    accessChanged: watch.check,

    setupCode: () => (users.count() === 0 ? setupCode : null),
    applyAdminPassword: accounts.applyConfigured,
    createToken: (input) => tokens.create(input),
    listTokens: tokens.list,
    revokeToken: userAdmin.revokeToken,
    resetPassword: accounts.resetPassword,
    resetTwoFactor: (name) => userAdmin.resetTwoFactor(name),
    people: { ...userAdmin, ...ownAccount },
    accountNames: () => users.list().map((user) => user.name),

    watch() {
      const changed = foreignChanges(db);
      sessions.removeOld();
      const others = setInterval(() => changed() && watch.check(), checkEveryMs);
      const expiry = setInterval(() => {
        watch.check();
        sessions.removeOld();
      }, expiryEveryMs);
      others.unref();
      expiry.unref();
      return () => {
        clearInterval(others);
        clearInterval(expiry);
      };
    },
  };
}

function callerOf({ id, name, role, clusters }: UserRow) {
  return { userId: id, name, role, access: { role, clusters } };
}
