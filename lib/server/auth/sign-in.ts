import type { AuditLog, AuthService } from "#lib/server/runtime-types.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { addressKey, type createSignInLimiter } from "./sign-in-limiter.ts";
import type { PeopleParts } from "./user-admin.ts";

interface SignInParts extends Pick<PeopleParts, "users" | "sessions" | "passwords" | "twoFactor"> {
  readonly limiter: ReturnType<typeof createSignInLimiter>;
  readonly audit: Pick<AuditLog, "write">;
}

/**
 * The check of name and password, and then of the second factor where the account has one. An unknown name, a
 * disabled account and a wrong password get one answer, after the same work.
 */
export function createSignIn(parts: SignInParts): AuthService["signIn"] {
  const { users, sessions, passwords, twoFactor, limiter, audit } = parts;

  return async ({ name, password, code }, address) => {
    const user = users.byName(name);
    const sameAddress = (known: string) => addressKey(known) === addressKey(address);
    const trusted = user !== null && sessions.knows(user.id, sameAddress);
    const attempt = limiter.begin(name, address, trusted);
    // A name that is not an account's may be a password typed into the wrong field: it is not kept.
    const object = user ? `account ${user.name}` : "account";
    const note = (action: string, result: "ok" | "failed", facts?: Readonly<Record<string, unknown>>) => {
      // Only who has got through is known to be that person.
      const isIn = user !== null && result === "ok" && action === "session.begin";
      const caller = isIn
        ? { userId: user.id, name: user.name, role: user.role, via: "session" as const }
        : null;
      audit.write({ action, caller, address, object, cluster: null, result, ...(facts && { facts }) });
    };

    const right = await passwords.matches(password, user?.passwordHash ?? null);
    if (!right || user === null || user.disabled) {
      note("session.begin", "failed");
      throw new AppError("wrong_credentials", t("errors.wrongCredentials"));
    }
    let second: string | undefined;
    if (twoFactor.isOn(user.id)) {
      if (!code) {
        attempt.undecided();
        note("session.password", "ok", { secondFactor: "asked" });
        throw new AppError("code_needed", t("errors.codeNeeded"));
      }
      try {
        second = twoFactor.check(user.id, code);
      } catch (error) {
        note("session.begin", "failed", { secondFactor: "wrong code" });
        throw error;
      }
    }
    attempt.succeeded();
    note("session.begin", "ok", second === undefined ? undefined : { secondFactor: second });
    if (passwords.isWeak(user.passwordHash)) users.setHash(user.id, await passwords.hash(password));
    return { userId: user.id, name: user.name };
  };
}
