import { named } from "../events/event-words.ts";
import { type Phrase, phrase } from "../i18n/phrase.ts";
import { shortName } from "../model/index-model.ts";
import type { NodeView, ServiceView } from "../model/types.ts";
import type { PaletteContext, PaletteItem } from "./palette-types.ts";
import type { Command, Verb } from "./parse.ts";
import { liveOnNode, liveTasksOf } from "./rank-objects.ts";

/** The map narrowed to what was named. */
export function showItems(
  { verb, words }: Command,
  services: readonly ServiceView[],
  nodes: readonly NodeView[],
  { model, href }: PaletteContext,
): readonly PaletteItem[] {
  if (words.length === 0 || (verb !== null && !(["scale", "restart", "show"] as Verb[]).includes(verb)))
    return [];
  const item = (id: string, text: string, title: Phrase, note: Phrase): PaletteItem => ({
    id: `show ${id}`,
    group: "show",
    action: { kind: "go", path: href(`/map?q=${encodeURIComponent(text)}`) },
    title,
    note,
    aside: null,
    mark: { kind: "icon", icon: "filter" },
    reason: null,
  });
  const ofServices = services.slice(0, verb === "show" ? 2 : 1).map((service) => {
    const tasks = liveTasksOf(model, service);
    const n = new Set(tasks.map(({ nodeId }) => nodeId)).size;
    const note = phrase("palette.show.where", {
      tasks: phrase("palette.note.tasks", { n: tasks.length }),
      nodes: phrase("common.nodes", { n }),
    });
    return item(
      service.id,
      service.name,
      phrase("palette.show.service", { name: named(shortName(service)) }),
      note,
    );
  });
  const [node] = nodes;
  if (!node || ofServices.length > 1) return ofServices;
  const n = liveOnNode(model, node);
  const note = phrase("palette.note.tasks", { n });
  return [
    ...ofServices,
    item(node.id, node.name, phrase("palette.show.node", { name: named(node.name) }), note),
  ];
}
