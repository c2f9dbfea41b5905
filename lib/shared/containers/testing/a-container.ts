import type { ContainerPicture, ContainerView } from "../types.ts";

/** A plain container that runs on node `n1`, with these fields. */
export function aContainer(fields: Partial<ContainerView> = {}): ContainerView {
  return {
    id: "c0ffee000001",
    name: "db",
    nodeId: "n1",
    nodeName: "swarm-1",
    image: { name: "postgres", tag: "17", digest: null },
    state: "running",
    status: "Up 3 hours",
    health: "none",
    exitCode: null,
    project: null,
    composeService: null,
    stack: null,
    serviceId: null,
    serviceName: null,
    taskId: null,
    ports: [],
    mounts: 0,
    networks: ["bridge"],
    isShoal: false,
    createdAt: 0,
    ...fields,
  };
}

/** A picture with these rows, all of whose nodes answer. */
export function aContainerPicture(...rows: readonly ContainerView[]): ContainerPicture {
  const nodes = new Map(rows.map(({ nodeId, nodeName }) => [nodeId, nodeName]));
  return {
    seq: 1,
    rows: Object.fromEntries(rows.map((row) => [row.id, row])),
    nodes: [...nodes].map(([id, name]) => ({ id, name, ok: true, error: null, lastAt: null })),
  };
}
