import type { ClusterInfo, ClusterModel, NodeView, ServiceView, TaskView } from "../types.ts";

/** Builders for tests: whole, valid entities in the quiet state; a test names only what it is about. */

export function aNode(fields: Partial<NodeView> = {}): NodeView {
  return {
    id: fields.name ?? "n1",
    name: "n1",
    role: "worker",
    leader: false,
    reachability: null,
    availability: "active",
    state: "ready",
    stateSince: null,
    stateMessage: "",
    address: "10.0.0.1",
    managerAddress: null,
    engineVersion: "26.1.5",
    os: "linux",
    arch: "x86_64",
    labels: {},
    engineLabels: {},
    nanoCpus: 4e9,
    memoryBytes: 8 * 1024 ** 3,
    genericResources: {},
    linked: true,
    createdAt: 0,
    updatedAt: 0,
    ...fields,
  };
}

export function aService(fields: Partial<ServiceView> = {}): ServiceView {
  return {
    id: "s1",
    name: "web_api",
    stack: "web",
    mode: "replicated",
    replicas: 1,
    desiredTasks: fields.replicas ?? 1,
    completedTasks: 0,
    image: { name: "acme/api", tag: "1.0", digest: null },
    ports: [],
    update: null,
    color: { hue: 9, marking: 0 },
    reservedNanoCpus: 0,
    reservedMemoryBytes: 0,
    limitNanoCpus: 0,
    limitMemoryBytes: 0,
    genericResources: {},
    constraints: [],
    platforms: [],
    maxReplicasPerNode: 0,
    restartCondition: "any",
    restartDelayMs: 5000,
    restartMaxAttempts: 0,
    updateParallelism: 1,
    updateDelayMs: 0,
    updateOrder: "stop-first",
    updateFailureAction: "pause",
    healthcheck: null,
    isShoal: false,
    createdAt: 0,
    updatedAt: 0,
    ...fields,
  };
}

let taskNumber = 0;

export function aTask(fields: Partial<TaskView> = {}): TaskView {
  taskNumber += 1;
  return {
    id: `t${taskNumber}`,
    serviceId: "s1",
    slot: 1,
    nodeId: "n1",
    state: "running",
    desired: "running",
    health: "none",
    since: 0,
    createdAt: 0,
    message: "",
    error: null,
    exitCode: null,
    containerId: null,
    imageTag: "1.0",
    upToDate: true,
    nanoCpus: 0,
    memoryBytes: 0,
    failures: 0,
    failuresSince: null,
    ...fields,
  };
}

function aClusterInfo(fields: Partial<ClusterInfo> = {}): ClusterInfo {
  return {
    id: "local",
    name: "homelab",
    phase: "ready",
    since: 0,
    message: null,
    staleSince: null,
    simulated: false,
    swarmId: "swarm1",
    checkEveryMs: null,
    links: [],
    attempts: [],
    demo: "off",
    hostAddresses: [],
    engineName: null,
    remoteManagers: [],
    resourceChanges: 0,
    viaAgents: false,
    agents: { connected: 0, known: 0, waiting: 0, changes: 0 },
    activity: [],
    ...fields,
  };
}

const byId = <T extends { readonly id: string }>(items: readonly T[]): Record<string, T> =>
  Object.fromEntries(items.map((item) => [item.id, item]));

export function aModel(parts: {
  nodes?: readonly NodeView[];
  services?: readonly ServiceView[];
  tasks?: readonly TaskView[];
  info?: Partial<ClusterInfo>;
}): ClusterModel {
  return {
    seq: 1,
    info: aClusterInfo(parts.info),
    nodes: byId(parts.nodes ?? []),
    services: byId(parts.services ?? []),
    tasks: byId(parts.tasks ?? []),
  };
}
