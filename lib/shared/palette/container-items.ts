import { shortContainerName } from "../containers/condition.ts";
import type { ContainerView } from "../containers/types.ts";
import { named } from "../events/event-words.ts";
import { phrase } from "../i18n/phrase.ts";
import { matchObject } from "./match.ts";
import type { PaletteContext, PaletteItem } from "./palette-types.ts";
import { ranked } from "./rank-objects.ts";
import { reasonAgainst } from "./reason-against.ts";

/** Containers that fit every word: by name first, then by what they belong to, image, node and id. */
export function rankContainers(
  words: readonly string[],
  { containers }: PaletteContext,
): readonly ContainerView[] {
  if (containers === null || words.length === 0) return [];
  return ranked(
    Object.values(containers.rows),
    (container) => {
      const { stack, project, nodeName, image, id } = container;
      const others = [stack, project, nodeName, image.name];
      const score = matchObject(words, shortContainerName(container), others, id)?.score;
      if (score === undefined) return null;
      return isAlive(container) ? score : score - 200;
    },
    (container) => container.name,
  );
}

/** A container to go to. */
export function goContainer(container: ContainerView, { href }: PaletteContext): PaletteItem {
  return {
    ...commonOf(container),
    id: `container ${container.id}`,
    group: "go",
    action: { kind: "go", path: href(`/containers/${encodeURIComponent(container.id)}`) },
    title: phrase("palette.note.text", { text: named(shortContainerName(container)) }),
    reason: null,
  };
}

/** A container to restart or to stop; one that cannot be says why. */
export function doContainer(
  verb: "restart" | "stop",
  container: ContainerView,
  context: PaletteContext,
): PaletteItem {
  const { containers } = context;
  const against = reasonAgainst(context, "container.operate");
  const name = named(shortContainerName(container));
  const node = containers?.nodes.find(({ id }) => id === container.nodeId);
  const isOver = verb === "stop" && !isAlive(container);
  return {
    ...commonOf(container),
    id: `${verb} container ${container.id}`,
    group: "do",
    action: { kind: "container", verb, container },
    title: phrase(`palette.do.${verb}`, { name }),
    reason:
      against ??
      (node?.ok !== true
        ? phrase("palette.reason.silent", { node: container.nodeName })
        : isOver
          ? phrase("palette.reason.stop", { name })
          : null),
  };
}

function isAlive({ state }: ContainerView): boolean {
  return state === "running" || state === "paused" || state === "restarting";
}

function commonOf({ nodeName }: ContainerView) {
  return {
    note: phrase("palette.go.containerOn", { node: nodeName }),
    aside: null,
    mark: { kind: "icon", icon: "containers" },
  } as const;
}
