import type { AgentItem, AgentList, JoinInfo } from "#lib/shared/api/agent-types.ts";
import type { ClusterInfo } from "#lib/shared/model/types.ts";

/** Agents and the clusters they lead to, for routes and pages. Every method may throw AppError. */
export interface AgentAdmin {
  list(cluster: string): AgentList;
  /** Let a waiting or revoked agent in, at its next try. */
  accept(cluster: string, id: string): AgentItem;
  revoke(cluster: string, id: string): AgentItem;
  forget(cluster: string, id: string): void;
  /** `origin`: Shoal's address as the caller sees it. */
  joinInfo(cluster: string, origin: string): JoinInfo;
  /** A new join key; the one before lets nobody in any more. `hours`: until it expires. */
  rotateJoinKey(cluster: string, hours: number | null): void;
  addCluster(name: string): ClusterInfo;
  renameCluster(id: string, name: string): ClusterInfo;
  /** Forgets a cluster and its agents; nothing on its nodes is touched. Throws for the server's own, and
   * confirmation_needed until its name is given. */
  removeCluster(id: string, confirm: string | undefined): Promise<void>;
}
