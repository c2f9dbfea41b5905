import { bindPathQuery } from "../../containers/schemas.ts";
import type { Operation } from "../operation.ts";
import * as schemas from "../schemas.ts";

const node = "/clusters/{cluster}/nodes/{id}";

/** Nodes. */
export const nodeOperations = {
  listNodes: {
    method: "GET",
    path: "/clusters/{cluster}/nodes",
    permission: "node.read",
    summary: "Nodes",
    query: schemas.listQuery,
  },
  getNode: { method: "GET", path: node, permission: "node.read", summary: "One node with its tasks" },
  patchNode: {
    method: "PATCH",
    path: node,
    permission: "node.availability",
    summary: "Change availability (operator), role or labels (admin)",
    body: schemas.nodePatchBody,
    audit: "node.update",
  },
  getBindPath: {
    method: "GET",
    path: `${node}/bind-path`,
    permission: "container.create",
    summary: "Whether a path is on the node, for a container to be given it",
    query: bindPathQuery,
  },
  removeNode: {
    method: "DELETE",
    path: node,
    permission: "node.remove",
    summary: "Remove a node from the swarm",
    query: schemas.nodeRemoveQuery,
    audit: "node.remove",
  },
} as const satisfies Record<string, Operation>;
