import { type Phrase, phrase, say } from "../i18n/phrase.ts";
import { t } from "../i18n/translate.ts";
import type { NodeView, ServiceView } from "../model/types.ts";
import { obstacleInWords } from "./obstacle-words.ts";
import type { PlacementVerdict } from "./placement-verdict.ts";

/** Nodes that say the same to a task. */
export interface VerdictGroup {
  readonly nodes: readonly NodeView[];
  /** What is in the way, one sentence each; empty: nothing, they fit. */
  readonly why: readonly Phrase[];
}

/** A verdict for reading: fifty nodes without a label are one line. Nodes that fit come first, then by fewest obstacles. */
export function groupVerdicts(
  { nodes }: PlacementVerdict,
  services: Readonly<Record<string, Pick<ServiceView, "name">>>,
): readonly VerdictGroup[] {
  const groups = new Map<string, { nodes: NodeView[]; why: readonly Phrase[] }>();
  for (const { node, obstacles } of nodes) {
    const why = obstacles.map((obstacle) => obstacleInWords(obstacle, services));
    const key = why.map((each) => say(t, each)).join("\n");
    const group = groups.get(key);
    if (group) group.nodes.push(node);
    else groups.set(key, { nodes: [node], why });
  }
  return [...groups.values()];
}

/** The reasons of one group as one phrase. */
export function groupInWords({ why }: VerdictGroup): Phrase {
  return (
    why.reduce<Phrase | null>(
      (first, second) => (first === null ? second : phrase("placement.both", { first, second })),
      null,
    ) ?? phrase("placement.fits")
  );
}
