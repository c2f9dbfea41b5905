import type { Profile } from "../profiles/profile.ts";
import type { SimEvent, World } from "../world/world.ts";
import { anyOf, hasLabels, parseFilters } from "./filters.ts";
import type { Answer, Call, Route } from "./route.ts";

const known = [
  "config", "container", "daemon", "event", "image", "label", "network", "node", "plugin", "scope", "secret", "service", "type", "volume",
]; // biome-ignore format: a list

/** A line of /events. The nanoseconds are distinct for every event; as a number they would not fit a double. */
function eventLine(event: SimEvent, profile: Profile): string {
  const { type, action, id } = event;
  const { execDuration, ...rest } = event.attributes;
  const attributes = execDuration !== undefined && profile.speaksAs26 ? { ...rest, execDuration } : rest;
  const actor = { ID: id, Attributes: attributes };
  const scope = event.nodeId === null ? "swarm" : "local";
  const nano = BigInt(Math.floor(event.at)) * 1_000_000n + BigInt(event.order % 1_000_000);
  const legacy =
    !profile.hasLegacyEvents ? {}
    : type === "container" ? { status: action, id, from: attributes.image ?? "" }
    : type === "image" ? { status: action, id }
    : {}; // biome-ignore format: one case a line
  const text = JSON.stringify({ ...legacy, Type: type, Action: action, Actor: actor, scope });
  return `${text.slice(0, -1)},"time":${Math.floor(event.at / 1000)},"timeNano":${nano}}\n`;
}

/** Managers tell of the swarm, every engine of what is its own. */
function isHeardOn(own: string, world: World, { nodeId }: SimEvent): boolean {
  return nodeId === null ? world.nodes.get(own)?.spec.Role === "manager" : nodeId === own;
}

/** Events from now on, after those since `since` that are still known. */
function events({ world, own, profile, query, response }: Call): Answer {
  const filters = parseFilters(query.get("filters"), known, 500);
  response.writeHead(200, { "Content-Type": "application/json" });
  response.flushHeaders();
  const tell = (event: SimEvent) => {
    if (!isHeardOn(own, world, event)) return;
    // `health_status` also stands for `health_status: healthy`.
    const action = event.action.split(":")[0] ?? "";
    if (!anyOf(filters.type, (wanted) => wanted === event.type)) return;
    if (!anyOf(filters.event, (wanted) => wanted === action || wanted === event.action)) return;
    if (!anyOf(filters.scope, (wanted) => wanted === (event.nodeId === null ? "swarm" : "local"))) return;
    for (const kind of [
      "service",
      "node",
      "container",
      "network",
      "secret",
      "config",
      "volume",
      "image",
    ] as const) {
      const isMeant = (wanted: string) => event.id === wanted || event.attributes.name === wanted;
      if (event.type === kind && !anyOf(filters[kind], isMeant)) return;
    }
    if (hasLabels(event.attributes, filters.label)) response.write(eventLine(event, profile));
  };
  const since = query.get("since");
  if (since !== null) for (const event of world.eventsSince(momentOf(since))) tell(event);
  const leave = world.onEvent(tell);
  response.on("close", leave);
  const until = query.get("until");
  if (until !== null) {
    world.timeline.after(Math.max(0, momentOf(until) - world.now), () => response.end());
  }
  return "open";
}

/** `1795238523.000000123` or a plain number of seconds, as ms. */
function momentOf(text: string): number {
  const seconds = Number(text);
  return Number.isFinite(seconds) ? seconds * 1000 : Date.parse(text);
}

export const eventRoutes: readonly Route[] = [{ method: "GET", path: "/events", handle: events }];
