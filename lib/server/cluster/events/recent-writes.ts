import type { Revision } from "#lib/server/db/revisions.ts";
import type { EventDraft } from "#lib/shared/events/types.ts";

/** Something done through Shoal a moment ago. */
interface Write {
  readonly kind: Revision["kind"] | "task";
  /** Id, or the name the caller used. */
  readonly ref: string;
  readonly by: string;
  readonly action: string;
  /** The specification that was sent; null where none is sent. */
  readonly spec: unknown;
  at: number;
  /** Changes that were found to be its doing. */
  readonly used: Set<string>;
}

/** Says which of the things that happen were done through Shoal, and by whom. */
export interface RecentWrites {
  /** A change is about to be sent. What is answered says how that went. */
  begin(write: Omit<Write, "at" | "used">): { confirm(): void; drop(): void };
  /** The name of who did what this event tells, or null. */
  who(event: EventDraft): string | null;
}

/** A change shows in the picture at once; a busy manager may take some seconds. */
const windowMs = 30_000;
const mostWrites = 500;

/** Remembers writes for half a minute. Each explains every change of an object once, and only what it really set. */
export function createRecentWrites(now: () => number): RecentWrites {
  let writes: Write[] = [];
  return {
    begin(parts) {
      const write: Write = { ...parts, at: now(), used: new Set() };
      writes = [...writes.filter(({ at }) => now() - at < windowMs), write].slice(-mostWrites);
      return {
        confirm: () => {
          write.at = now();
        },
        drop: () => {
          writes = writes.filter((each) => each !== write);
        },
      };
    },
    who(event) {
      const found = writes.findLast(
        (write) =>
          now() - write.at < windowMs &&
          write.kind === event.kind &&
          (write.ref === event.objectId || write.ref === event.objectName) &&
          !write.used.has(event.action) &&
          explains(write, event),
      );
      found?.used.add(event.action);
      return found?.by ?? null;
    },
  };
}

/** Did the specification that was sent make this change, or may it have? */
function explains({ action, spec }: Write, { kind, action: happened, facts }: EventDraft): boolean {
  const removes = action.endsWith(".remove");
  if (happened === "removed" || removes) return happened === "removed" && removes;
  if (kind === "task") return ["failed", "complete", "shutdown"].includes(happened);
  switch (happened) {
    case "created":
      return action.endsWith(".create");
    case "scaled":
      return at(spec, "Mode", "Replicated", "Replicas") === facts.to;
    case "image":
      return String(at(spec, "TaskTemplate", "ContainerSpec", "Image") ?? "").startsWith(String(facts.to));
    case "availability":
      return at(spec, "Availability") === facts.to;
    case "promoted":
    case "demoted":
      return at(spec, "Role") === facts.to;
    default:
      return ["restarted", "updated", "labels", "rollback_started"].includes(happened);
  }
}

function at(value: unknown, ...path: readonly string[]): unknown {
  let here = value;
  for (const key of path) {
    if (typeof here !== "object" || here === null) return undefined;
    here = (here as Readonly<Record<string, unknown>>)[key];
  }
  return here;
}
