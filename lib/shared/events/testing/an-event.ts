import type { ClusterEvent } from "../types.ts";

let last = 0;

/** A whole event for tests; a test names only what it is about. Ids grow. */
export function anEvent(fields: Partial<ClusterEvent>): ClusterEvent {
  last += 1;
  return {
    id: last,
    at: 0,
    kind: "task",
    action: "running",
    severity: "info",
    objectId: `o${last}`,
    objectName: "api.1",
    serviceId: null,
    serviceName: null,
    stack: null,
    nodeId: null,
    nodeName: null,
    taskId: null,
    facts: {},
    actor: null,
    ...fields,
  };
}
