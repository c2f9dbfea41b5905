import { rankContainers } from "./container-items.ts";
import { doItems } from "./do-items.ts";
import { goItems, placeItem } from "./go-items.ts";
import type { PaletteContext, PaletteGroup, PaletteItem } from "./palette-types.ts";
import { parseCommand } from "./parse.ts";
import { rankNodes, rankServices } from "./rank-objects.ts";
import { showItems } from "./show-items.ts";

const most = { do: 5, go: 6, show: 2 } as const;
const groupOrder = { verb: ["do", "go", "show"], name: ["go", "do", "show"] } as const;

/** What the line may mean, best first within each group; groups in the order they are shown. */
export function suggest(text: string, context: PaletteContext): readonly PaletteItem[] {
  const command = parseCommand(text);
  if (command.verb === null && command.words.length === 0) return context.places.map(placeItem);
  const services = rankServices(command.words, context.model);
  const nodes = rankNodes(command.words, context.model);
  const containers = rankContainers(command.words, context);
  const found: Record<PaletteGroup, readonly PaletteItem[]> = {
    do: doItems(command, services, nodes, containers, context),
    go: goItems(command, services, nodes, containers, context),
    show: showItems(command, services, nodes, context),
  };
  const order = groupOrder[command.verb === null ? "name" : "verb"];
  return order.flatMap((group) => found[group].slice(0, most[group]));
}

/** The words to mark in names. */
export function wordsToMark(text: string): readonly string[] {
  return parseCommand(text).words;
}
