import { actions } from "./en/actions.ts";
import { cluster } from "./en/cluster.ts";
import { common } from "./en/common.ts";
import { errors } from "./en/errors.ts";
import { format } from "./en/format.ts";
import { map } from "./en/map.ts";
import { nodes } from "./en/nodes.ts";
import { placement } from "./en/placement.ts";
import { services } from "./en/services.ts";
import { swarm } from "./en/swarm.ts";
import { tasks } from "./en/tasks.ts";

/**
 * The English catalogue as every page loads it: the shape every other language must fill. Keys are `area.name`. What
 * only some pages say is added by them (`pages/`), so that the first page does not wait for it.
 */
export const en = {
  ...actions,
  ...cluster,
  ...common,
  ...errors,
  ...format,
  ...map,
  ...nodes,
  ...placement,
  ...services,
  ...swarm,
  ...tasks,
} as const;
