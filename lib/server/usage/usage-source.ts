import type { LinkedNode } from "#lib/server/cluster/nodes/node-engines.ts";
import type { UsageSample } from "#lib/shared/usage/counters.ts";
import { agentUsage } from "./agent-usage.ts";
import { dockerStats } from "./docker-stats.ts";

/** Where the numbers of a node come from. */
export interface UsageSource {
  /**
   * Reads these containers, or all where that costs no more. Those that are missing in the answer could not be read.
   * Throws AppError when the node does not answer.
   */
  sample(ids: readonly string[], signal: AbortSignal): Promise<UsageSample>;
}

/** The node's agent where there is one: one call for everything, and the node's own load with it. Else its engine. */
export function usageSourceOf(node: Pick<LinkedNode, "link" | "engine">): UsageSource {
  const api = node.link.nodeApi?.() ?? null;
  return api?.capabilities.includes("usage") ? agentUsage(api) : dockerStats(node.engine);
}
