import { randomBytes } from "node:crypto";
import { seal, unseal } from "#lib/server/auth/sealed.ts";
import type { ClustersTable } from "#lib/server/db/clusters.ts";
import { joinKeyIdOf } from "#lib/tunnel/proofs.ts";
import type { KnownJoinKey } from "./admission.ts";

/** The join keys of all clusters. */
export interface JoinKeys {
  /** The newest key of a cluster, made when there is none. */
  current(cluster: string): { readonly key: string; readonly expiresAt: number | null };
  /** A new key; those before it let nobody in any more. Agents that are known come in by their own keys. */
  rotate(cluster: string, expiresAt: number | null): void;
  byId(id: string): KnownJoinKey | null;
}

export interface JoinKeysOptions {
  readonly table: ClustersTable;
  /** Seals the keys that are kept. */
  readonly sealKey: string;
  /** SHOAL_JOIN_KEY_FILE: the key of the server's own cluster, as deployed. It is not kept. */
  readonly configured: { readonly cluster: string; readonly key: string } | null;
  readonly now: () => number;
}

export function createJoinKeys({ table, sealKey, configured, now }: JoinKeysOptions): JoinKeys {
  const configuredId = configured && joinKeyIdOf(configured.key);

  function add(cluster: string, expiresAt: number | null): string {
    const key = `shoaljoin_${randomBytes(32).toString("base64url")}`;
    const id = joinKeyIdOf(key);
    table.addJoinKey({
      id,
      cluster,
      sealed: seal(Buffer.from(key), sealKey, id),
      createdAt: now(),
      expiresAt,
    });
    return key;
  }

  return {
    current(cluster) {
      const newest = table.joinKeys(cluster).at(-1);
      if (newest)
        return { key: String(unseal(newest.sealed, sealKey, newest.id)), expiresAt: newest.expiresAt };
      if (configured?.cluster === cluster) return { key: configured.key, expiresAt: null };
      return { key: add(cluster, null), expiresAt: null };
    },
    rotate(cluster, expiresAt) {
      table.removeJoinKeys(cluster);
      add(cluster, expiresAt);
    },
    byId(id) {
      if (configured && id === configuredId) return { ...configured, expiresAt: null };
      const row = table.joinKey(id);
      if (row === null) return null;
      return { cluster: row.cluster, key: String(unseal(row.sealed, sealKey, id)), expiresAt: row.expiresAt };
    },
  };
}
