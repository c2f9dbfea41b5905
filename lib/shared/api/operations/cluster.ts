import type { Operation } from "../operation.ts";
import * as schemas from "../schemas.ts";

/** Clusters as a whole. */
export const clusterOperations = {
  getOpenApi: {
    method: "GET",
    path: "/openapi.json",
    permission: "public",
    summary: "This API as an OpenAPI 3.1 document",
  },
  listClusters: {
    method: "GET",
    path: "/clusters",
    permission: "cluster.list",
    summary: "The clusters that I may see",
  },
  getCluster: {
    method: "GET",
    path: "/clusters/{cluster}",
    permission: "cluster.read",
    summary: "State of one cluster",
  },
  connectCluster: {
    method: "POST",
    path: "/clusters/{cluster}/connect",
    permission: "cluster.read",
    summary: "Try to reach the engine now instead of at the next interval",
    body: schemas.emptyBody,
  },
  openDemo: {
    method: "POST",
    path: "/demo",
    permission: "cluster.read",
    summary: "Start the simulated demo cluster",
    body: schemas.emptyBody,
    audit: "demo.open",
  },
  followEvents: {
    method: "GET",
    path: "/clusters/{cluster}/events",
    permission: "event.read",
    summary: "Follow changes of the cluster as server-sent events",
    stream: true,
  },
} as const satisfies Record<string, Operation>;
