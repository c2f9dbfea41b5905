import { containerName } from "../world/containers.ts";
import type { SimContainer } from "../world/objects.ts";
import { Refusal } from "./refusal.ts";
import type { Call } from "./route.ts";

/** A container of this engine by id, name, or the start of its id. Refuses what is not here; `prefix` comes before the words. */
export function containerOf({ engine, ref }: Pick<Call, "engine" | "ref">, prefix = ""): SimContainer {
  const known = engine.containers.get(ref);
  if (known) return known;
  const name = ref.replace(/^\//, "");
  for (const each of engine.containers.values()) {
    if (containerName(each) === name) return each;
    if (/^[0-9a-f]{4,}$/.test(ref) && each.id.startsWith(ref)) return each;
  }
  throw new Refusal(404, `${prefix}No such container: ${ref}`);
}
