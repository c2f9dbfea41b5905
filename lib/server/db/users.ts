import { randomBytes } from "node:crypto";
import type { ClusterRoles } from "#lib/shared/access.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { AccessRole } from "#lib/shared/roles.ts";
import type { Db } from "./open.ts";

/** An account. */
export interface UserRow {
  readonly id: string;
  readonly name: string;
  /** bcrypt. */
  readonly passwordHash: string;
  /** The hash last given by configuration, null when there was none. */
  readonly configuredHash: string | null;
  /** Everywhere but in `clusters`. */
  readonly role: AccessRole;
  /** Where another role, or none, holds. An admin has no exceptions. */
  readonly clusters: ClusterRoles;
  readonly disabled: boolean;
  /** ms since 1970. */
  readonly createdAt: number;
}

/** What may change about an account besides its password. */
export type UserChange = Partial<Pick<UserRow, "name" | "role" | "clusters" | "disabled">>;

interface Raw extends Omit<UserRow, "disabled" | "clusters"> {
  readonly clusters: string;
  readonly disabled: number;
}

const columns = `id, name, password_hash AS passwordHash, configured_hash AS configuredHash, role, clusters, disabled,
  created_at AS createdAt`;

/** The table of accounts. Names are unique without regard to case. */
export function usersTable(db: Db) {
  const row = (raw: unknown): UserRow | null => {
    if (raw === undefined) return null;
    const { clusters, disabled, ...rest } = raw as Raw;
    return { ...rest, clusters: JSON.parse(clusters), disabled: disabled === 1 };
  };
  const byId = db.prepare(`SELECT ${columns} FROM users WHERE id = ?`);
  const byName = db.prepare(`SELECT ${columns} FROM users WHERE name = ?`);
  const count = db.prepare("SELECT count(*) FROM users").pluck();
  const list = db.prepare(`SELECT ${columns} FROM users ORDER BY name`);
  const insert = db.prepare(
    `INSERT INTO users (id, name, password_hash, configured_hash, role, clusters, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const setHash = db.prepare("UPDATE users SET password_hash = ? WHERE id = ?");
  const configure = db.prepare(
    `UPDATE users SET password_hash = @hash, configured_hash = @hash, role = 'admin', clusters = '{}', disabled = 0
     WHERE id = @id`,
  );
  const setDisabled = db.prepare("UPDATE users SET disabled = ? WHERE id = ?");
  const update = db.prepare("UPDATE users SET name = ?, role = ?, clusters = ?, disabled = ? WHERE id = ?");
  const remove = db.prepare("DELETE FROM users WHERE id = ?");
  const admins = db.prepare("SELECT count(*) FROM users WHERE role = 'admin' AND disabled = 0").pluck();

  /**
   * Runs a change alone among all processes on this database, and takes it back when no admin is left who can
   * sign in. Throws last_admin.
   */
  function keepingAnAdmin<Result>(change: () => Result): Result {
    const run = db.transaction(() => {
      const before = admins.get() as number;
      const result = change();
      if (before > 0 && admins.get() === 0) throw new AppError("last_admin", t("errors.lastAdmin"));
      return result;
    });
    return run.immediate();
  }

  return {
    byId: (id: string) => row(byId.get(id)),
    byName: (name: string) => row(byName.get(name)),
    count: () => count.get() as number,
    list: () => list.all().map((raw) => row(raw) as UserRow),
    /** Throws when the name is taken. Answers the new id. */
    insert(
      user: Pick<UserRow, "name" | "passwordHash" | "role"> & {
        readonly configuredHash?: string;
        readonly clusters?: ClusterRoles;
        readonly now: number;
      },
    ) {
      const id = `u_${randomBytes(9).toString("base64url")}`;
      const { name, passwordHash, configuredHash = null, role, clusters = {} } = user;
      insert.run(id, name, passwordHash, configuredHash, role, JSON.stringify(clusters), user.now);
      return id;
    },
    setHash: (id: string, hash: string) => void setHash.run(hash, id),
    /** Makes it what the configuration says: an admin with this password, not disabled. */
    configure: (id: string, hash: string) => void configure.run({ id, hash }),
    /** Answers the account as it was. Throws not_found, already_done (the name is taken), last_admin. */
    change: (id: string, change: UserChange) =>
      keepingAnAdmin(() => {
        const before = row(byId.get(id));
        if (!before) throw new AppError("not_found", t("errors.noSuchUser", { name: id }));
        const after = { ...before, ...change };
        const namesake = row(byName.get(after.name));
        if (namesake && namesake.id !== id) throw nameTaken(after.name);
        update.run(after.name, after.role, JSON.stringify(after.clusters), after.disabled ? 1 : 0, id);
        return before;
      }),
    /** Removes the account with its sessions, tokens and second factor. Throws last_admin. */
    remove: (id: string) => keepingAnAdmin(() => remove.run(id).changes > 0),
    setDisabled: (id: string, disabled: boolean) => void setDisabled.run(disabled ? 1 : 0, id),
  };
}

/** The refusal of a name that another account has. */
export function nameTaken(name: string): AppError {
  const text = t("errors.nameTaken", { name });
  return new AppError("already_done", text, { details: { fields: { name: text } } });
}

/** The table of accounts. */
export type UsersTable = ReturnType<typeof usersTable>;
