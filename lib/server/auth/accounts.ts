import type { AdminPassword } from "#lib/server/config/config.ts";
import type { UserRow, UsersTable } from "#lib/server/db/users.ts";
import { newPassword } from "#lib/shared/api/schemas.ts";
import { AppError } from "#lib/shared/errors.ts";
import type { Passwords } from "./passwords.ts";
import { randomGroups } from "./random-groups.ts";
import type { Sessions } from "./sessions.ts";

/** What an account's password may be set by: its owner, the configuration, or the command line. */
export function createAccounts(
  users: UsersTable,
  sessions: Sessions,
  passwords: Passwords,
  now: () => number,
) {
  return {
    /** Makes an admin. Throws already_done unless it is the first account. */
    async createFirst(name: string, password: string): Promise<UserRow> {
      const passwordHash = await passwords.hash(checkedPassword(password));
      // Two people may have been first at the same moment; nothing runs between these two lines.
      if (users.count() > 0) throw new AppError("already_done", "The first account is already there.");
      return found(users.byId(users.insert({ name, passwordHash, role: "admin", now: now() })), name);
    },

    /** Sets a password and ends all sessions of the account but `keepSession`. */
    async setPassword(user: UserRow, password: string, keepSession?: string): Promise<void> {
      users.setHash(user.id, await passwords.hash(checkedPassword(password)));
      sessions.endAll(user.id, keepSession);
    },

    /**
     * Applies --admin-password(-file): makes the account, or replaces its password and ends its sessions when
     * the configured one is another than at the last start. A password changed on the page stays until then.
     */
    async applyConfigured(
      given: AdminPassword,
    ): Promise<{ name: string; done: "created" | "changed" | "unchanged" }> {
      const name = (given.kind === "hash" && given.name) || "admin";
      const user = users.byName(name);
      if (user && (await isConfigured(user, given, passwords))) return { name, done: "unchanged" };
      const hash = given.kind === "hash" ? given.hash : await passwords.hash(given.text);
      if (!user) {
        users.insert({ name, passwordHash: hash, configuredHash: hash, role: "admin", now: now() });
        return { name, done: "created" };
      }
      users.configure(user.id, hash);
      sessions.endAll(user.id);
      return { name, done: "changed" };
    },

    /**
     * Gives an account a new password (a random one when none is given), allows it to sign in again and ends
     * its sessions. Answers the password. Throws not_found, invalid_input.
     */
    async resetPassword(name: string, password: string = randomPassword()): Promise<string> {
      const user = users.byName(name);
      if (!user) {
        const names = users.list().map((each) => each.name);
        const known =
          names.length === 0 ? "There are none yet." : `There are: ${names.slice(0, 20).join(", ")}.`;
        throw new AppError("not_found", `There is no account named ${JSON.stringify(name)}. ${known}`);
      }
      users.setHash(user.id, await passwords.hash(checkedPassword(password)));
      users.setDisabled(user.id, false);
      sessions.endAll(user.id);
      return password;
    },
  };
}

async function isConfigured(user: UserRow, given: AdminPassword, passwords: Passwords): Promise<boolean> {
  if (user.configuredHash === null) return false;
  if (given.kind === "hash") return user.configuredHash === given.hash;
  return passwords.matches(given.text, user.configuredHash);
}

/** The password, when it may become one. Throws invalid_input. */
export function checkedPassword(password: string): string {
  const result = newPassword.safeParse(password);
  if (result.success) return result.data;
  throw new AppError(
    "invalid_input",
    `The password needs ${result.error.issues.map((i) => i.message).join(", ")}.`,
  );
}

function found(user: UserRow | null, name: string): UserRow {
  if (!user) throw new AppError("not_found", `There is no account named ${JSON.stringify(name)}.`);
  return user;
}

/** A new password: 100 random bits. */
export function randomPassword(): string {
  return randomGroups(4, 5);
}
