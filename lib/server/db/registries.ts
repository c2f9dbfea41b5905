import type { RegistryItem, RegistryKind } from "#lib/shared/registries/types.ts";
import type { Db } from "./open.ts";

/** A kept login with its password, encrypted. */
export interface RegistryRow extends RegistryItem {
  readonly sealed: string;
}

interface Stored {
  readonly id: string;
  readonly name: string;
  readonly kind: RegistryKind;
  readonly address: string;
  readonly user: string;
  readonly sealed: string;
  /** JSON; null: all. */
  readonly clusters: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

const fromStored = ({ clusters, ...row }: Stored): RegistryRow => ({
  ...row,
  clusters: clusters === null ? null : (JSON.parse(clusters) as string[]),
});
const toStored = ({ clusters, ...row }: RegistryRow): Stored => ({
  ...row,
  clusters: clusters === null ? null : JSON.stringify(clusters),
});

/** Logins of image registries. */
export function registriesTable(db: Db) {
  const list = db.prepare(
    `SELECT id, name, kind, address, user, sealed, clusters, created_at AS createdAt, updated_at AS updatedAt
     FROM registries ORDER BY name COLLATE NOCASE, id`,
  );
  const put = db.prepare(
    `INSERT INTO registries (id, name, kind, address, user, sealed, clusters, created_at, updated_at)
     VALUES (@id, @name, @kind, @address, @user, @sealed, @clusters, @createdAt, @updatedAt)
     ON CONFLICT (id) DO UPDATE SET name = @name, address = @address, user = @user, sealed = @sealed,
       clusters = @clusters, updated_at = @updatedAt`,
  );
  const remove = db.prepare("DELETE FROM registries WHERE id = ?");
  return {
    list: (): readonly RegistryRow[] => (list.all() as Stored[]).map(fromStored),
    put: (row: RegistryRow) => void put.run(toStored(row)),
    /** Answers whether there was one. */
    remove: (id: string) => remove.run(id).changes > 0,
  };
}

/** The table of registries. */
export type RegistriesTable = ReturnType<typeof registriesTable>;
