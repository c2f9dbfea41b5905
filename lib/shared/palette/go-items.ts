import type { ContainerView } from "../containers/types.ts";
import { named } from "../events/event-words.ts";
import { phrase } from "../i18n/phrase.ts";
import { taskName } from "../map/map-task.ts";
import { shortName } from "../model/index-model.ts";
import type { NodeView, ServiceView, TaskView } from "../model/types.ts";
import { goContainer } from "./container-items.ts";
import { matchObject } from "./match.ts";
import type { PaletteContext, PaletteItem, PalettePlace } from "./palette-types.ts";
import type { Command } from "./parse.ts";
import { liveOnNode, liveTasksOf, ranked, stackNote } from "./rank-objects.ts";

/** A page of the navigation. */
export function placeItem(place: PalettePlace): PaletteItem {
  return {
    id: `place ${place.id}`,
    group: "go",
    action: { kind: "go", path: place.href },
    title: phrase("palette.note.text", { text: named(place.label) }),
    note: null,
    aside: phrase("palette.key", { key: place.key.toUpperCase() }),
    mark: { kind: "icon", icon: "place", place: place.id },
    reason: null,
  };
}

/** Where one can go for what was named. Services and nodes: the best first. */
export function goItems(
  command: Command,
  services: readonly ServiceView[],
  nodes: readonly NodeView[],
  containers: readonly ContainerView[],
  context: PaletteContext,
): readonly PaletteItem[] {
  const { words, verb } = command;
  const { model, href, places } = context;
  if (verb === "drain" || verb === "activate" || verb === "pause") return nodes.slice(0, 2).map(goNode);
  const ofContainers = containers.map((container) => goContainer(container, context));
  if (verb === "stop") return ofContainers.slice(0, 2);
  const [top] = services;
  const related = top && words.length > 0 ? [logsOf(top, context), eventsOf(top, context)] : [];
  if (verb === "logs") return services.flatMap((service) => logsOf(service, context) ?? []);
  if (verb === "events") return services.map((service) => eventsOf(service, context));
  const stacks = stackItems(command, services, context);
  const ofServices = services.slice(0, verb === null ? 4 : 2).map(goService);
  if (verb !== null) return [...ofServices, ...related.filter((item) => item !== null), ...stacks];
  const named = places.filter((place) => matchObject(words, place.label)).map(placeItem);
  return [
    ...named,
    ...clusterItems(words, context),
    ...interleaved(words, ofServices, services, nodes.slice(0, 3).map(goNode), nodes),
    ...ofContainers.slice(0, ofServices.length > 0 ? 1 : 4),
    ...taskItems(words, context),
    ...related.filter((item) => item !== null),
    ...stacks,
  ];

  function goService(service: ServiceView): PaletteItem {
    const running = liveTasksOf(model, service).filter((task) => task.state === "running").length;
    return {
      id: `service ${service.id}`,
      group: "go",
      action: { kind: "go", path: href(`/services/${encodeURIComponent(service.id)}`) },
      title: phrase("palette.note.text", { text: nameOf(service) }),
      note:
        service.stack === null
          ? phrase("palette.go.service")
          : phrase("palette.go.serviceIn", { stack: service.stack }),
      aside: phrase("palette.go.running", { running, n: service.desiredTasks }),
      mark: { kind: "service", service },
      reason: null,
    };
  }

  function goNode(node: NodeView): PaletteItem {
    const n = liveOnNode(model, node);
    return {
      id: `node ${node.id}`,
      group: "go",
      action: { kind: "go", path: href(`/nodes/${encodeURIComponent(node.id)}`) },
      title: phrase("palette.note.text", { text: nameOf(node) }),
      note: phrase(`nodes.role.${node.leader ? "leader" : node.role}`),
      aside: phrase("palette.note.tasks", { n }),
      mark: { kind: "node", node },
      reason: null,
    };
  }
}

function nameOf(object: ServiceView | NodeView): string {
  return named("mode" in object ? shortName(object) : object.name);
}

/** Services and nodes by how well they fit: the better first match's kind goes first. */
function interleaved(
  words: readonly string[],
  ofServices: readonly PaletteItem[],
  services: readonly ServiceView[],
  ofNodes: readonly PaletteItem[],
  nodes: readonly NodeView[],
): readonly PaletteItem[] {
  const score = (name: string | undefined) =>
    name === undefined ? -1 : (matchObject(words, name)?.score ?? 0);
  const [service] = services;
  const nodesFirst = score(nodes[0]?.name) > score(service && shortName(service));
  return nodesFirst ? [...ofNodes, ...ofServices] : [...ofServices, ...ofNodes];
}

function logsOf(service: ServiceView, { places, model }: PaletteContext): PaletteItem | null {
  const place = places.find(({ id }) => id === "logs");
  if (!place) return null;
  return {
    id: `logs ${service.id}`,
    group: "go",
    action: { kind: "go", path: `${place.href}?service=${encodeURIComponent(service.name)}` },
    title: phrase("palette.go.logs", { name: named(shortName(service)) }),
    note: phrase("palette.note.tasks", { n: liveTasksOf(model, service).length }),
    aside: null,
    mark: { kind: "icon", icon: "logs" },
    reason: null,
  };
}

function eventsOf(service: ServiceView, { href }: PaletteContext): PaletteItem {
  return {
    id: `events ${service.id}`,
    group: "go",
    action: { kind: "go", path: href(`/events?service=${encodeURIComponent(service.name)}`) },
    title: phrase("palette.go.events", { name: named(shortName(service)) }),
    note: stackNote(service),
    aside: null,
    mark: { kind: "icon", icon: "events" },
    reason: null,
  };
}

/** Stacks that fit by name, and the stack of the best service. */
function stackItems(
  { words }: Command,
  services: readonly ServiceView[],
  { model, href, places }: PaletteContext,
): readonly PaletteItem[] {
  const all = [...new Set(Object.values(model.services).flatMap(({ stack }) => stack ?? []))];
  const byName = ranked(
    all,
    (stack) => matchObject(words, stack)?.score ?? null,
    (stack) => stack,
  );
  const [top] = services;
  const ofTop = words.length > 0 && top && top.stack !== null ? [top.stack] : [];
  const page = places.find(({ id }) => id === "stacks");
  return [...new Set([...byName, ...ofTop])].slice(0, 2).map((stack) => {
    const with_ = byName.includes(stack) || !top ? null : named(shortName(top));
    const path = page
      ? `${page.href}/${encodeURIComponent(stack)}`
      : href(`/services?stack=${encodeURIComponent(stack)}`);
    return {
      id: `stack ${stack}`,
      group: "go" as const,
      action: { kind: "go" as const, path },
      title: phrase("palette.note.text", { text: named(stack) }),
      note: with_ === null ? phrase("palette.go.stack") : phrase("palette.go.stackWith", { name: with_ }),
      aside: phrase("palette.go.services", {
        n: Object.values(model.services).filter((s) => s.stack === stack).length,
      }),
      mark: { kind: "icon" as const, icon: "stacks" as const },
      reason: null,
    };
  });
}

/** Other clusters by name, or all of them by the word "cluster". */
function clusterItems(words: readonly string[], { clusters }: PaletteContext): readonly PaletteItem[] {
  const rest = words.filter((word) => !/^clusters?$/i.test(word));
  if (words.length === 0) return [];
  return clusters
    .filter(({ name }) => rest.length === 0 || matchObject(rest, name) !== null)
    .slice(0, 4)
    .map(({ name, path }) => ({
      id: `cluster ${path}`,
      group: "go",
      action: { kind: "go", path },
      title: phrase("palette.note.text", { text: named(name) }),
      note: phrase("palette.go.cluster"),
      aside: null,
      mark: { kind: "icon", icon: "nodes" },
      reason: null,
    }));
}

/** Tasks by their number ("api.3") or any part of their id or container. */
function taskItems(words: readonly string[], { model, href }: PaletteContext): readonly PaletteItem[] {
  const [word = ""] = words;
  if (words.length !== 1 || word.length < 4) return [];
  const query = word.toLowerCase();
  const bySlot = /^(.+)\.(\d+)$/.exec(query);
  const fits = (task: TaskView): boolean => {
    if (task.id.toLowerCase().includes(query) || task.containerId?.startsWith(query) === true) return true;
    if (bySlot === null || String(task.slot) !== bySlot[2]) return false;
    return model.services[task.serviceId]?.name.toLowerCase().includes(bySlot[1] ?? "") === true;
  };
  return Object.values(model.tasks)
    .filter(fits)
    .slice(0, 4)
    .map((task): PaletteItem => {
      const service = model.services[task.serviceId];
      const node = model.nodes[task.nodeId ?? ""];
      return {
        id: `task ${task.id}`,
        group: "go",
        action: { kind: "go", path: href(`/map?task=${encodeURIComponent(task.id)}`) },
        title: phrase("palette.note.text", { text: named(taskName({ task, service })) }),
        note: node ? phrase("palette.go.taskOn", { node: node.name }) : phrase("palette.go.task"),
        aside: phrase("palette.note.text", { text: task.id.slice(0, 12) }),
        mark: service ? { kind: "service", service } : { kind: "icon", icon: "tasks" },
        reason: null,
      };
    });
}
