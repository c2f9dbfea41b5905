import type { Operation } from "../operation.ts";
import * as schemas from "../schemas.ts";

const agents = "/clusters/{cluster}/agents";

/** Agents, and the clusters they lead to. */
export const agentOperations = {
  listAgents: {
    method: "GET",
    path: agents,
    permission: "agent.read",
    summary: "Agents of a cluster, and the nodes without one",
  },
  acceptAgent: {
    method: "POST",
    path: `${agents}/{id}/accept`,
    permission: "agent.manage",
    summary: "Let a waiting or revoked agent in, in place of any other key of its node",
    body: schemas.emptyBody,
    audit: "agent.accept",
  },
  revokeAgent: {
    method: "POST",
    path: `${agents}/{id}/revoke`,
    permission: "agent.manage",
    summary: "Shut an agent out until it is accepted again",
    body: schemas.emptyBody,
    audit: "agent.revoke",
  },
  forgetAgent: {
    method: "DELETE",
    path: `${agents}/{id}`,
    permission: "agent.manage",
    summary: "Forget an agent: it comes in again with a valid join key",
    audit: "agent.forget",
  },
  getAgentJoin: {
    method: "GET",
    path: `${agents}/join`,
    permission: "agent.manage",
    summary: "The join key, and the texts that add nodes with it (audited)",
    audit: "agent.joinKey",
  },
  rotateAgentJoin: {
    method: "POST",
    path: `${agents}/join/rotate`,
    permission: "agent.manage",
    summary: "A new join key; the one before lets nobody in any more",
    body: schemas.joinRotateBody,
    audit: "agent.rotateJoinKey",
  },
  addCluster: {
    method: "POST",
    path: "/clusters",
    permission: "cluster.manage",
    summary: "Add a cluster that agents lead to",
    body: schemas.clusterNameBody,
    audit: "cluster.add",
  },
  patchCluster: {
    method: "PATCH",
    path: "/clusters/{cluster}",
    permission: "cluster.manage",
    summary: "Rename a cluster",
    body: schemas.clusterNameBody,
    audit: "cluster.rename",
  },
  removeCluster: {
    method: "DELETE",
    path: "/clusters/{cluster}",
    permission: "cluster.manage",
    summary: "Forget a cluster and its agents; nothing on its nodes is touched",
    query: schemas.removeQuery,
    audit: "cluster.remove",
  },
} as const satisfies Record<string, Operation>;
