import { type Phrase, phrase } from "../i18n/phrase.ts";
import { indexModel, shortName } from "../model/index-model.ts";
import { isLive } from "../model/task-state.ts";
import type { ClusterModel, NodeView, ServiceView, TaskView } from "../model/types.ts";
import { compareNatural } from "../natural-order.ts";
import { matchObject } from "./match.ts";

/** Those with a score, the best first, then by name. */
export function ranked<T>(
  items: readonly T[],
  scoreOf: (item: T) => number | null,
  nameOf: (item: T) => string,
): readonly T[] {
  return items
    .flatMap((item) => {
      const score = scoreOf(item);
      return score === null ? [] : [{ item, score }];
    })
    .sort((a, b) => b.score - a.score || compareNatural(nameOf(a.item), nameOf(b.item)))
    .map(({ item }) => item);
}

/** Services that fit every word: by their own name first, then stack and id. */
export function rankServices(words: readonly string[], model: ClusterModel): readonly ServiceView[] {
  return ranked(
    Object.values(model.services),
    (service) => {
      const own = matchObject(words, shortName(service), [service.stack], service.id);
      const whole = matchObject(words, service.name, [service.stack], service.id);
      return own || whole ? Math.max(own?.score ?? 0, whole?.score ?? 0) : words.length === 0 ? 0 : null;
    },
    (service) => service.name,
  );
}

/** Nodes that fit every word: by name, address or id. */
export function rankNodes(words: readonly string[], model: ClusterModel): readonly NodeView[] {
  return ranked(
    Object.values(model.nodes),
    (node) =>
      words.length === 0 ? 0 : (matchObject(words, node.name, [node.address], node.id)?.score ?? null),
    (node) => node.name,
  );
}

/** The stack of a service as quiet words; null without one. */
export function stackNote(service: ServiceView): Phrase | null {
  return service.stack === null ? null : phrase("palette.note.text", { text: service.stack });
}

/** Tasks of a service that are on their way or alive. */
export function liveTasksOf(model: ClusterModel, service: ServiceView): readonly TaskView[] {
  return (indexModel(model).tasksByService.get(service.id) ?? []).filter(isLive);
}

/** How many tasks of a node are on their way or alive. */
export function liveOnNode(model: ClusterModel, node: NodeView): number {
  return (indexModel(model).tasksByNode.get(node.id) ?? []).filter(isLive).length;
}
