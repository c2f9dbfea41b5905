import type { AgentAdmin } from "#lib/server/agent-types.ts";
import { requireConfirm } from "#lib/server/cluster/actions/confirm.ts";
import type { RunningRegistry } from "#lib/server/cluster/registry.ts";
import type { ClustersTable } from "#lib/server/db/clusters.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ClusterInfo } from "#lib/shared/model/types.ts";
import { agentItems } from "./agent-items.ts";
import { agentIdOf } from "./agents.ts";
import { clusterIdFor, ownCluster } from "./cluster-names.ts";
import { joinTexts } from "./join-texts.ts";
import type { Tunnel } from "./start-tunnel.ts";

export interface AgentAdminOptions {
  readonly tunnel: Pick<Tunnel, "agents" | "joinKeys">;
  readonly clusters: RunningRegistry;
  readonly table: ClustersTable;
  /** What people may do in a removed cluster was removed with it. */
  readonly accessChanged: () => void;
  readonly version: string;
  readonly now: () => number;
}

export function createAgentAdmin({
  tunnel,
  clusters,
  table,
  accessChanged,
  version,
  now,
}: AgentAdminOptions): AgentAdmin {
  const { agents, joinKeys } = tunnel;
  /** Throws not_found. */
  const known = (id: string) => clusters.get(id);
  const infoOf = (id: string): ClusterInfo => known(id).model().info;

  /** Throws not_found, and conflict where no agent can come in. */
  function requireReal(id: string): void {
    if (infoOf(id).simulated) throw new AppError("conflict", t("agents.error.demo"));
  }

  function itemsOf(cluster: string) {
    return agentItems(known(cluster).model(), agents.list(cluster), version);
  }

  function itemOf(cluster: string, id: string) {
    const item = itemsOf(cluster).find((each) => each.id === id);
    if (!item) throw new AppError("not_found", t("agents.error.none", { id }));
    return item;
  }

  return {
    list: (cluster) => ({ items: itemsOf(cluster), serverVersion: version }),
    accept(cluster, id) {
      known(cluster);
      const row = agents.accept(cluster, id);
      return itemOf(cluster, agentIdOf(row.publicKey));
    },
    revoke(cluster, id) {
      known(cluster);
      agents.revoke(cluster, id);
      return itemOf(cluster, id);
    },
    forget(cluster, id) {
      known(cluster);
      agents.forget(cluster, id);
    },
    joinInfo(cluster, origin) {
      requireReal(cluster);
      const { key, expiresAt } = joinKeys.current(cluster);
      return { key, expiresAt, ...joinTexts({ key, origin }) };
    },
    rotateJoinKey(cluster, hours) {
      requireReal(cluster);
      joinKeys.rotate(cluster, hours === null ? null : now() + hours * 3_600_000);
    },
    addCluster(name) {
      const names = clusters.list().map((info) => info.name);
      if (names.includes(name)) throw new AppError("conflict", t("agents.error.nameTaken", { name }));
      const id = clusterIdFor(name, (each) => clusters.list().some((info) => info.id === each));
      table.put({ id, name, createdAt: now() });
      clusters.add({ id, name });
      return infoOf(id);
    },
    renameCluster(id, name) {
      if (infoOf(id).simulated) throw new AppError("already_done", t("agents.error.demo"));
      table.put({ id, name, createdAt: now() });
      clusters.rename(id, name);
      return infoOf(id);
    },
    async removeCluster(id, confirm) {
      known(id);
      if (id === ownCluster) throw new AppError("conflict", t("agents.error.ownCluster"));
      requireReal(id);
      const { name } = infoOf(id);
      requireConfirm(t("agents.confirmRemove", { name }), name, confirm);
      agents.forgetCluster(id);
      table.remove(id);
      const gone = clusters.remove(id);
      accessChanged();
      await gone;
    },
  };
}
