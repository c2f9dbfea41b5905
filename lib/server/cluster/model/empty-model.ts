import type { ClusterInfo, ClusterModel } from "#lib/shared/model/types.ts";

/** The picture of a cluster before anything was heard of it. */
export function emptyModel(
  id: string,
  {
    simulated = false,
    demo = "off",
    name,
    viaAgents = false,
  }: { simulated?: boolean; demo?: ClusterInfo["demo"]; name?: string; viaAgents?: boolean } = {},
): ClusterModel {
  const now = Date.now();
  return {
    // Grows over restarts too, so that a page of an earlier run never takes a new picture for its own.
    seq: now,
    info: {
      id,
      name: name ?? id,
      phase: "connecting",
      since: now,
      message: null,
      staleSince: null,
      simulated,
      swarmId: null,
      checkEveryMs: null,
      links: [],
      attempts: [],
      demo,
      hostAddresses: [],
      engineName: null,
      remoteManagers: [],
      resourceChanges: 0,
      viaAgents,
      agents: { connected: 0, known: 0, waiting: 0, changes: 0 },
      activity: [],
    },
    nodes: {},
    services: {},
    tasks: {},
  };
}
