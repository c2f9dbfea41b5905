import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { seal, unseal } from "#lib/server/auth/sealed.ts";
import type { RegistriesTable, RegistryRow } from "#lib/server/db/registries.ts";
import type { ClusterRegistry } from "#lib/server/runtime-types.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { loginFor, serverAddress } from "#lib/shared/registries/login-for.ts";
import type { RegistryCreate, RegistryPatch } from "#lib/shared/registries/schemas.ts";
import type { RegistryItem, RegistryTest } from "#lib/shared/registries/types.ts";
import { type RegistryLogin, registryAuthHeader } from "./auth-header.ts";
import { testLogin } from "./test-login.ts";

/** Logins of image registries, kept encrypted. */
export interface Registries {
  list(): readonly RegistryItem[];
  /** Those that images of a cluster are pulled with. */
  listIn(cluster: string): readonly RegistryItem[];
  /** By id or by its exact name. Throws not_found. */
  get(ref: string): RegistryItem;
  /** Throws conflict for a name that is taken. */
  create(input: RegistryCreate): RegistryItem;
  /** Throws not_found, conflict, and invalid_input for another address without a password. */
  update(ref: string, input: RegistryPatch): RegistryItem;
  /** Throws not_found. */
  remove(ref: string): RegistryItem;
  /** Name and password as an engine takes them. Throws not_found, and conflict where the key that opens it is not there. */
  login(ref: string): RegistryLogin;
  /** Lets an engine sign in and says what it answered. Throws not_found, conflict, node_not_linked. */
  test(
    clusters: Pick<ClusterRegistry, "list" | "get" | "home">,
    ref: string,
    cluster: string | undefined,
  ): Promise<RegistryTest>;
  /** See RegistryAuthFor. */
  readonly registryAuthFor: RegistryAuthFor;
}

/**
 * The value of X-Registry-Auth for an image of a cluster: what pulls, digests and deploys send with it. Null: no login is kept
 * for its registry there, or it cannot be opened, which the log says. It is never to be kept, logged or shown.
 */
export type RegistryAuthFor = (image: string, cluster: string) => string | null;

export interface RegistriesOptions {
  readonly table: RegistriesTable;
  /** Reads the key, or makes it. */
  readonly key: () => string;
  readonly now: () => number;
  readonly log: Pick<Logger, "error">;
}

export function createRegistries({ table, key, now, log }: RegistriesOptions): Registries {
  // Bound to the address: a password that is moved to another one's row opens nothing.
  const owner = ({ id, address }: Pick<RegistryRow, "id" | "address">) => `registry ${id} ${address}`;

  function find(ref: string): RegistryRow {
    const rows = table.list();
    const found = rows.find(({ id }) => id === ref) ?? rows.find(({ name }) => name === ref);
    if (!found) throw new AppError("not_found", t("registries.error.none", { name: ref.slice(0, 100) }));
    return found;
  }

  function refuseTaken(name: string, own: string | null): void {
    const taken = table.list().some((row) => row.id !== own && row.name.toLowerCase() === name.toLowerCase());
    if (!taken) return;
    const text = t("registries.error.taken", { name });
    throw new AppError("conflict", text, { details: { fields: { name: text } } });
  }

  function open(row: RegistryRow): RegistryLogin {
    try {
      const password = unseal(row.sealed, key(), owner(row)).toString("utf8");
      return { username: row.user, password, serveraddress: serverAddress(row) };
    } catch (error) {
      throw new AppError("conflict", t("registries.error.sealed", { name: row.name }), { cause: error });
    }
  }

  return {
    list: () => table.list().map(shown),
    listIn: (cluster) =>
      table
        .list()
        .filter(({ clusters }) => clusters === null || clusters.includes(cluster))
        .map(shown),
    get: (ref) => shown(find(ref)),
    create({ password, clusters = null, ...input }) {
      refuseTaken(input.name, null);
      const id = randomUUID();
      const at = now();
      const sealed = seal(Buffer.from(password), key(), owner({ id, address: input.address }));
      const row = { ...input, id, clusters, sealed, createdAt: at, updatedAt: at };
      table.put(row);
      return shown(row);
    },
    update(ref, { password, ...input }) {
      const before = find(ref);
      if (input.name !== undefined) refuseTaken(input.name, before.id);
      const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
      const row: RegistryRow = { ...before, ...given, updatedAt: now() };
      if (row.address !== before.address && password === undefined) {
        const text = t("registries.error.password");
        throw new AppError("invalid_input", text, { details: { fields: { password: text } } });
      }
      const sealed = password === undefined ? row.sealed : seal(Buffer.from(password), key(), owner(row));
      table.put({ ...row, sealed });
      return shown(row);
    },
    remove(ref) {
      const row = find(ref);
      table.remove(row.id);
      return shown(row);
    },
    login: (ref) => open(find(ref)),
    test: async (clusters, ref, cluster) => {
      const row = find(ref);
      return testLogin(clusters, shown(row), open(row), cluster);
    },
    registryAuthFor(image, cluster) {
      const row = loginFor(table.list(), image, cluster);
      if (row === null) return null;
      try {
        return registryAuthHeader(open(row));
      } catch (error) {
        log.error({ registry: row.name, err: error }, "a kept login cannot be opened");
        return null;
      }
    },
  };
}

function shown({ sealed: _sealed, ...item }: RegistryRow): RegistryItem {
  return item;
}
