import { z } from "zod";
import type { Operation } from "../operation.ts";

const usageQuery = z.strictObject({
  /** What there is one item of; nodes when not said. */
  of: z.enum(["nodes", "services", "stacks", "tasks", "containers"]).optional(),
});

/** CPU, memory, network and disk traffic. */
export const usageOperations = {
  listUsage: {
    method: "GET",
    path: "/clusters/{cluster}/usage",
    permission: "usage.read",
    summary:
      "The newest CPU (1 = one CPU) and memory (bytes) of every node, service, stack, task or container",
    query: usageQuery,
  },
  getNodeUsage: {
    method: "GET",
    path: "/clusters/{cluster}/nodes/{id}/usage",
    permission: "usage.read",
    summary: "CPU, memory, load, disk and traffic of a node in the last 15 minutes, a value every 10 s",
  },
  getServiceUsage: {
    method: "GET",
    path: "/clusters/{cluster}/services/{id}/usage",
    permission: "usage.read",
    summary: "CPU, memory and traffic of a service and its tasks in the last 15 minutes, a value every 10 s",
  },
} as const satisfies Record<string, Operation>;
