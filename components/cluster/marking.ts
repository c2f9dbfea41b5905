import type { Marking } from "#components/ui/mark-paths.ts";
import type { ServiceColor } from "#lib/shared/model/types.ts";

const markings: readonly Marking[] = ["plain", "stripe", "spot"];

/** The marking of a service's scale. */
export function markingOf(color: ServiceColor): Marking {
  return markings[color.marking] ?? "plain";
}
