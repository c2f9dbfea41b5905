import { accountOperations } from "./operations/account.ts";
import { agentOperations } from "./operations/agent.ts";
import { clusterOperations } from "./operations/cluster.ts";
import { consoleOperations } from "./operations/console.ts";
import { containerOperations } from "./operations/container.ts";
import { eventOperations } from "./operations/event.ts";
import { filterOperations } from "./operations/filter.ts";
import { historyOperations } from "./operations/history.ts";
import { imageOperations } from "./operations/image.ts";
import { logOperations } from "./operations/log.ts";
import { networkOperations } from "./operations/network.ts";
import { nodeOperations } from "./operations/node.ts";
import { peopleOperations } from "./operations/people.ts";
import { projectOperations } from "./operations/project.ts";
import { registryOperations } from "./operations/registry.ts";
import { resourceOperations } from "./operations/resource.ts";
import { serviceOperations } from "./operations/service.ts";
import { stackOperations } from "./operations/stack.ts";
import { swarmOperations } from "./operations/swarm.ts";
import { taskOperations } from "./operations/task.ts";
import { usageOperations } from "./operations/usage.ts";
import { volumeOperations } from "./operations/volume.ts";
import { webhookOperations } from "./operations/webhook.ts";

/** Every operation of the API by id. A route handler names its operation; a test finds routes without one. */
export const operations = {
  ...clusterOperations,
  ...agentOperations,
  ...accountOperations,
  ...nodeOperations,
  ...serviceOperations,
  ...taskOperations,
  ...containerOperations,
  ...imageOperations,
  ...logOperations,
  ...usageOperations,
  ...consoleOperations,
  ...resourceOperations,
  ...registryOperations,
  ...stackOperations,
  ...projectOperations,
  ...networkOperations,
  ...volumeOperations,
  ...webhookOperations,
  ...swarmOperations,
  ...historyOperations,
  ...eventOperations,
  ...filterOperations,
  ...peopleOperations,
} as const;

export type OperationId = keyof typeof operations;
