import type { ContainerView } from "../containers/types.ts";
import { named } from "../events/event-words.ts";
import { phrase } from "../i18n/phrase.ts";
import { shortName } from "../model/index-model.ts";
import type { NodeView, ServiceView } from "../model/types.ts";
import { doContainer } from "./container-items.ts";
import type { PaletteAction, PaletteContext, PaletteItem } from "./palette-types.ts";
import type { Command } from "./parse.ts";
import { liveTasksOf, stackNote } from "./rank-objects.ts";
import { reasonAgainst } from "./reason-against.ts";

/** What can be done to what was named. Services and nodes: the best first. */
export function doItems(
  command: Command,
  services: readonly ServiceView[],
  nodes: readonly NodeView[],
  containers: readonly ContainerView[],
  context: PaletteContext,
): readonly PaletteItem[] {
  const { verb } = command;
  const [top] = services;
  switch (verb) {
    case "scale": {
      const first = services.slice(0, 3).map((service) => scaleItem(service, command.number, context));
      return top ? [...first, serviceItem("restart", top, context)] : first;
    }
    case "stop":
      return containers.map((container) => doContainer(verb, container, context));
    case "restart":
      return [
        ...services.slice(0, 3).map((service) => serviceItem(verb, service, context)),
        ...containers.slice(0, 3).map((container) => doContainer(verb, container, context)),
      ];
    case "remove":
      return services.map((service) => serviceItem(verb, service, context));
    case "edit":
      return services.map((service) => editItem(service, context));
    case "drain":
    case "activate":
    case "pause":
      return nodes.map((node) => nodeItem(verb, node, context));
    case null: {
      const [container] = containers;
      if (!top && nodes.length === 0 && container) {
        const order = ["restart", "stop"] as const;
        return order.map((each) => doContainer(each, container, context));
      }
      if (!top && nodes.length === 0) return [];
      const own = top ? [scaleItem(top, null, context), serviceItem("restart", top, context)] : [];
      const [node] = nodes;
      const ofNode = node
        ? [nodeItem(node.availability === "active" ? "drain" : "activate", node, context)]
        : [];
      return [...own, ...ofNode];
    }
    default:
      return [];
  }
}

function scaleItem(service: ServiceView, replicas: number | null, context: PaletteContext): PaletteItem {
  const name = named(shortName(service));
  const common = {
    id: `scale ${service.id}`, group: "do" as const, note: stackNote(service), aside: null,
    mark: { kind: "service" as const, service },
  }; // biome-ignore format: short
  const mode = service.mode === "replicated" ? null : service.mode;
  const reason =
    reasonAgainst(context, "service.scale") ??
    (mode === null ? null : phrase(`actions.error.scale_${mode}`, { name: service.name }));
  if (replicas === null) {
    const action: PaletteAction = { kind: "complete", text: `scale ${service.name} ` };
    return { ...common, action, title: phrase("palette.do.scaleAsk", { name }), reason };
  }
  const action: PaletteAction = { kind: "scale", service, replicas };
  const from = service.replicas ?? 0;
  return { ...common, action, title: phrase("palette.do.scale", { name, from, to: replicas }), reason };
}

function serviceItem(verb: "restart" | "remove", service: ServiceView, context: PaletteContext): PaletteItem {
  const n = liveTasksOf(context.model, service).length;
  const tasks = phrase("palette.note.tasks", { n });
  const stack = stackNote(service);
  return {
    id: `${verb} ${service.id}`,
    group: "do",
    action: { kind: verb, service },
    title: phrase(`palette.do.${verb}`, { name: named(shortName(service)) }),
    note: stack ? phrase("palette.note.both", { first: stack, second: tasks }) : tasks,
    aside: null,
    mark: { kind: "service", service },
    reason: reasonAgainst(context, `service.${verb}`),
  };
}

function editItem(service: ServiceView, context: PaletteContext): PaletteItem {
  return {
    id: `edit ${service.id}`,
    group: "do",
    action: { kind: "go", path: context.href(`/services/${encodeURIComponent(service.id)}/edit`) },
    title: phrase("palette.do.edit", { name: named(shortName(service)) }),
    note: stackNote(service),
    aside: null,
    mark: { kind: "service", service },
    reason: reasonAgainst(context, "service.edit"),
  };
}

function nodeItem(
  verb: "drain" | "activate" | "pause",
  node: NodeView,
  context: PaletteContext,
): PaletteItem {
  const wanted = { drain: "drain", activate: "active", pause: "pause" }[verb];
  return {
    id: `${verb} ${node.id}`,
    group: "do",
    action: { kind: verb, node },
    title: phrase(`palette.do.${verb}`, { name: named(node.name) }),
    note: phrase(`nodes.role.${node.leader ? "leader" : node.role}`),
    aside: null,
    mark: { kind: "node", node },
    reason:
      reasonAgainst(context, "node.availability") ??
      (node.availability === wanted ? phrase(`palette.reason.${verb}`, { name: node.name }) : null),
  };
}
