import { jsonAt, parseExactly, withJsonAt } from "#lib/shared/lossless-json.ts";
import { specDifferences } from "./spec-differences.ts";

/** What is sent to the engine instead of a posted body, or the members that may not be changed. */
export type Permitted =
  | { readonly ok: true; readonly body: string }
  | { readonly ok: false; readonly changed: readonly string[] };

/** What the scope `operate` may change of a service: how many, again, how carefully, and what it is called by. */
const freeMembers: readonly (readonly string[])[] = [
  ["Labels"],
  ["Mode", "Replicated", "Replicas"],
  ["Mode", "ReplicatedJob", "MaxConcurrent"],
  ["Mode", "ReplicatedJob", "TotalCompletions"],
  ["TaskTemplate", "ForceUpdate"],
  ["UpdateConfig"],
  ["RollbackConfig"],
];

/**
 * Judges the specification posted for a service (JSON texts; `previous` as the engine has it). Everything in it that
 * could reach out of a container (image, command, environment, mounts, networks, privileges, ports, placement, and
 * whatever future engines add) must be as the engine has it now or had it before; only `freeMembers` may differ. The
 * body to send is the engine's own text with these members, so nothing posted is read twice in two ways.
 */
export function permitServiceSpec(present: string, previous: string | null, posted: string): Permitted {
  const now = rebuilt(present, posted, freeMembers);
  if (now.ok || previous === null) return now;
  const back = rebuilt(previous, posted, freeMembers);
  return back.ok ? back : now;
}

/** The same for a node, of which only the availability may change. */
export function permitNodeSpec(present: string, posted: string): Permitted {
  const availability = jsonAt(posted, ["Availability"]);
  if (availability !== null && !/^"(active|pause|drain)"$/.test(availability)) {
    return { ok: false, changed: ["Availability"] };
  }
  return rebuilt(present, posted, [["Availability"]]);
}

function rebuilt(base: string, posted: string, free: readonly (readonly string[])[]): Permitted {
  const allowed = free.filter((path) => path.length === 1 || isObject(jsonAt(base, path.slice(0, -1))));
  const wanted = parseExactly(posted);
  const changed = specDifferences(parseExactly(base), wanted).filter(
    (path) => !allowed.some((each) => each.every((key, index) => path[index] === key)),
  );
  if (changed.length > 0) return refused(changed);
  const body = allowed.reduce((text, path) => withJsonAt(text, path, jsonAt(posted, path)), base);
  // A member that is posted twice is read in two ways: what is sent must say what was judged.
  const unlike = specDifferences(parseExactly(body), wanted);
  return unlike.length > 0 ? refused(unlike) : { ok: true, body };
}

function refused(paths: readonly (readonly string[])[]): Permitted {
  return { ok: false, changed: paths.map((path) => path.join(".") || "everything") };
}

function isObject(text: string | null): boolean {
  return text?.startsWith("{") ?? false;
}
