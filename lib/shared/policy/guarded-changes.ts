import { sameValue } from "../same-value.ts";
import { type EscapeFacts, escapesIn } from "./host-escapes.ts";
import { valuesAt } from "./members.ts";

/** Members of a container that say nothing about what runs in it. */
const harmless = new Set(["labels", "stopgraceperiod", "stopsignal", "image"]);

/**
 * In a service that has ways to its host, what runs there is what uses them: another command in a container with the
 * engine's socket is as much as the socket itself. These are the members of the container that a change gives another
 * value while such a way stays open, empty when none does. Another tag of the same image is the way of every update.
 */
export function guardedChanges(before: unknown, after: unknown, facts: EscapeFacts = {}): readonly string[] {
  // A way that is new is refused as such.
  if ([before, after].some((spec) => escapesIn(spec, facts).length === 0)) return [];
  const [old, now] = [containerOf(before), containerOf(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  const changed = names.filter((name) => !harmless.has(name) && !sameValue(old.get(name), now.get(name)));
  return sameValue(imageNames(before), imageNames(after)) ? changed : [...changed, "image"];
}

/** Members by their folded name, each with all values under it. */
function containerOf(spec: unknown): ReadonlyMap<string, readonly unknown[]> {
  const members = new Map<string, unknown[]>();
  for (const container of valuesAt(spec, "TaskTemplate", "ContainerSpec")) {
    if (typeof container !== "object" || container === null) continue;
    for (const [name, value] of Object.entries(container)) {
      const key = name.toUpperCase().toLowerCase();
      members.set(key, [...(members.get(key) ?? []), value]);
    }
  }
  return members;
}

/** Without tag and digest. */
function imageNames(spec: unknown): readonly string[] {
  return valuesAt(spec, "TaskTemplate", "ContainerSpec", "Image").map((image) => {
    const [name = ""] = String(image).split("@");
    const colon = name.indexOf(":", name.lastIndexOf("/") + 1);
    return colon < 0 ? name : name.slice(0, colon);
  });
}
