import { jsonAt } from "#lib/shared/lossless-json.ts";
import { permitJoin, permitNetwork, permitVolume } from "./permit-create.ts";
import { type Permitted, permitNodeSpec, permitServiceSpec } from "./permit-service-spec.ts";
import { formatTarget, type Target } from "./request-target.ts";
import type { BodyPolicy } from "./rules.ts";

/** Reads one document of the engine, as it is now. */
export type ReadEngine = (target: string) => Promise<{ readonly status: number; readonly text: string }>;

/** What is done with a request that has a body: sent with another body, or answered here. */
export type Judged =
  | { readonly body: string }
  | { readonly status: number; readonly message: string }
  | { readonly why: string };

/** The engine's own sentence, by which its clients know to read again and try again. */
const outOfSequence = "rpc error: code = Unknown desc = update out of sequence";

/** Judges a posted JSON text. */
export async function judgeBody(
  policy: BodyPolicy,
  target: Target,
  posted: string,
  read: ReadEngine,
): Promise<Judged> {
  const parsed: unknown = JSON.parse(posted || "null");
  if (policy === "volumeCreate") return judged(permitVolume(parsed), "sets");
  if (policy === "networkCreate") return judged(permitNetwork(parsed), "sets");
  if (policy === "networkJoin") return judged(permitJoin(parsed), "sets");
  // The object itself, in the words of the same API version: `/services/x/update` is about `/services/x`.
  const object = { version: target.version, segments: target.segments.slice(0, -1), query: new Map() };
  const found = await read(formatTarget(object));
  if (found.status !== 200) return { status: found.status, message: messageOf(found.text) };
  const spec = jsonAt(found.text, ["Spec"]);
  if (spec === null) return { status: 502, message: "the engine's answer has no specification" };
  // Of another version than the one the change was made for, the comparison would say nothing.
  if (jsonAt(found.text, ["Version", "Index"]) !== target.query.get("version")) {
    return { status: 500, message: outOfSequence };
  }
  if (policy === "nodeUpdate") return judged(permitNodeSpec(spec, posted || "null"), "changes");
  // The engine takes its own previous specification and reads no other.
  if (target.query.has("rollback")) return { body: spec };
  return judged(permitServiceSpec(spec, jsonAt(found.text, ["PreviousSpec"]), posted || "null"), "changes");
}

function judged(permitted: Permitted, verb: string): Judged {
  if (permitted.ok) return { body: permitted.body };
  const named = permitted.changed.slice(0, 5).map((name) => name.slice(0, 100));
  const more = permitted.changed.length - named.length;
  return { why: `it ${verb} ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}` };
}

function messageOf(text: string): string {
  try {
    const message = (JSON.parse(text) as { message?: unknown }).message;
    return typeof message === "string" ? message : text;
  } catch {
    return text;
  }
}
