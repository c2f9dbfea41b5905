import type { OperationState, OperationView, RevisionVia } from "../api/history.ts";
import { type Phrase, phrase } from "../i18n/phrase.ts";
import type { HealthKind } from "../model/service-verdict.ts";
import type { Tone } from "../model/task-state.ts";

/** What an operation is, as a heading: "Update to 2.8.1". */
export function operationTitle({ kind, change }: Pick<OperationView, "kind" | "change">): Phrase {
  const { fromImage, toImage, fromReplicas, toReplicas, replacesTasks } = change;
  const version = toImage ?? "";
  const otherImage = fromImage !== toImage;
  switch (kind) {
    case "scale":
      return phrase("history.title.scale", { from: fromReplicas ?? 0, to: toReplicas ?? 0 });
    case "restart":
      return phrase("history.title.restart");
    case "rollback":
      return otherImage ? phrase("history.title.rollbackTo", { version }) : phrase("history.title.rollback");
    case "continue":
      return phrase("history.title.continue", { version });
    case "create":
      return phrase("history.title.create");
    case "update":
      if (otherImage) return phrase("history.title.updateTo", { version });
      return phrase(replacesTasks ? "history.title.update" : "history.title.settings");
  }
}

/** The shape, colour and word of a state. */
export const stateLook: Readonly<Record<OperationState, { mark: HealthKind; tone: Tone; word: Phrase }>> = {
  running: { mark: "updating", tone: "move", word: phrase("history.state.running") },
  stuck: { mark: "failing", tone: "bad", word: phrase("history.state.stuck") },
  paused: { mark: "update_paused", tone: "warn", word: phrase("history.state.paused") },
  completed: { mark: "healthy", tone: "quiet", word: phrase("history.state.completed") },
  rolled_back: { mark: "rolled_back", tone: "warn", word: phrase("history.state.rolled_back") },
  superseded: { mark: "off", tone: "idle", word: phrase("history.state.superseded") },
  failed: { mark: "failing", tone: "bad", word: phrase("history.state.failed") },
  unknown: { mark: "unknown", tone: "idle", word: phrase("history.state.unknown") },
};

/** Who did it, and through what: "mina, through Shoal". */
export function byWhom(userName: string | null, via: RevisionVia | null): Phrase {
  if (via === null) return phrase("history.via.first");
  if (via === "outside" || via === "swarm") return phrase(`history.via.${via}`);
  return phrase(`history.via.${via}`, { name: userName ?? "" });
}
