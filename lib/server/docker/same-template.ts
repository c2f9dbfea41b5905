import { sameObject } from "#lib/shared/same-value.ts";
import type { WireTaskTemplate } from "./wire.ts";

/**
 * Left out of the comparison: Networks (a service names them, a task has ids), Runtime (some engines omit the
 * default), and Placement, because swarm keeps tasks whose node still satisfies changed constraints.
 */
const ignored = new Set(["Networks", "Runtime", "Placement"]);

/** Does a task's Spec equal the service's TaskTemplate, as far as swarm would replace the task when not? */
export function sameTemplate(
  task: WireTaskTemplate | null | undefined,
  service: WireTaskTemplate | null | undefined,
): boolean {
  return sameObject(task ?? {}, service ?? {}, ignored);
}
