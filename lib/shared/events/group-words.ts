import { durationPhrase } from "../format.ts";
import { type Phrase, phrase } from "../i18n/phrase.ts";
import { causeOf } from "./event-cause.ts";
import { eventWords, named } from "./event-words.ts";
import { type EventGroup, failureActions, timeOf } from "./group-events.ts";
import type { ClusterEvent, EventSeverity } from "./types.ts";

/** A group in words: one sentence, and what else is worth a line. */
export interface GroupWords {
  readonly title: Phrase;
  readonly details: readonly Phrase[];
}

const worst: Readonly<Record<EventSeverity, number>> = { info: 0, warn: 1, bad: 2 };

/** How bad the story is as a whole. */
export function groupSeverity({ events }: EventGroup): EventSeverity {
  return events.reduce<EventSeverity>(
    (most, { severity }) => (worst[severity] > worst[most] ? severity : most),
    "info",
  );
}

/** Who began it, through Shoal; null: nobody, or not through Shoal. */
export function groupActor({ events }: EventGroup): string | null {
  return events.find(({ actor }) => actor !== null)?.actor ?? null;
}

/** The service's or node's own name as the story says it: without the stack in front. */
function serviceName({ serviceName: name, stack }: ClusterEvent): string {
  if (name === null) return "";
  return named(stack !== null && name.startsWith(`${stack}_`) ? name.slice(stack.length + 1) : name);
}

const count = (events: readonly ClusterEvent[], ...actions: readonly string[]) =>
  events.filter(({ kind, action }) => kind === "task" && actions.includes(action)).length;

/** The sentence of a group. */
export function groupWords(group: EventGroup): GroupWords {
  switch (group.type) {
    case "change":
      return changeWords(group);
    case "failing":
      return failingWords(group);
    case "waiting":
      return waitingWords(group);
    case "tasks":
      return tasksWords(group);
    case "lost":
    case "node_down":
      return downWords(group);
    case "drain":
      return drainWords(group);
    case "election":
      return electionWords(group);
    case "engine":
    case "link":
    case "single":
      return awayWords(group);
    case "container":
      return containerWords(group);
    case "objects":
      return objectsWords(group);
  }
}

/** What the update is about, strongest first. */
const strongest = ["removed", "created", "image", "restarted", "updated", "scaled"];

function changeWords({ lead, events }: EventGroup): GroupWords {
  const actions = new Set(events.filter(({ kind }) => kind === "service").map(({ action }) => action));
  const about = strongest
    .map((action) => events.find((event) => event.kind === "service" && event.action === action))
    .find((event) => event !== undefined);
  const running = count(events, "running");
  const stopped = count(events, "shutdown");
  // Starts of old tasks may fall into an update: replaced is what stopped and started.
  const isUpdate = about !== undefined && ["image", "restarted", "updated"].includes(about.action);
  const n = isUpdate && stopped > 0 ? Math.min(running, stopped) : running;
  const failed = count(events, "failed", "rejected");
  const details: Phrase[] = [];
  if (failed > 0) details.push(phrase("events.detail.failed", { n: failed }));
  const message = events.findLast(({ facts }) => typeof facts.message === "string")?.facts.message;
  if (typeof message === "string") details.push(phrase("events.detail.engine", { text: message }));
  if (actions.has("update_started") && ![...actions].some((action) => /completed|paused/.test(action)))
    details.push(phrase("events.detail.goesOn"));
  return { title: changeTitle(about ?? lead, actions, n, stopped), details };
}

function changeTitle(event: ClusterEvent, actions: ReadonlySet<string>, n: number, stopped: number): Phrase {
  const name = serviceName(event);
  const { facts } = event;
  const replaced = phrase("events.count.replaced", { n });
  if ([...actions].some((action) => action.startsWith("rollback")))
    return phrase("events.group.rollback", { name, tasks: replaced });
  if (actions.has("update_paused")) return phrase("events.group.paused", { name, tasks: replaced });
  switch (event.action) {
    case "removed":
      return phrase("events.group.removed", { name });
    case "created":
      return n === 0
        ? phrase("events.group.created", { name })
        : phrase("events.group.createdTasks", { name, tasks: phrase("events.count.started", { n }) });
    case "scaled":
      return scaledTitle(name, Number(facts.from), Number(facts.to), n, stopped);
    case "image":
      return phrase("events.group.image", { name, version: versionOf(facts), tasks: replaced });
    case "restarted":
      return phrase("events.group.restarted", { name, tasks: replaced });
    case "updated":
      return n === 0 && !actions.has("update_started")
        ? phrase("events.group.settings", { name, parts: partsOf(event) })
        : phrase("events.group.updated", { name, tasks: replaced, parts: partsOf(event) });
    default:
      // How it began was not seen: what it had replaced by then is not known either.
      return n === 0
        ? phrase("events.group.updateAlone", { name })
        : phrase("events.group.update", { name, tasks: replaced });
  }
}

function scaledTitle(name: string, from: number, to: number, n: number, stopped: number): Phrase {
  const started = to > from && n > 0;
  if (!started && (to >= from || stopped === 0)) return phrase("events.group.scaled", { name, from, to });
  const tasks = phrase(started ? "events.count.started" : "events.count.stopped", {
    n: started ? n : stopped,
  });
  return phrase("events.group.scaledTasks", { name, from, to, tasks });
}

/** The new tag where only the tag is new, else the whole image. */
function versionOf(facts: ClusterEvent["facts"]): string {
  const [from, to] = [String(facts.from), String(facts.to)];
  const [name, tag] = [to.slice(0, to.lastIndexOf(":")), to.slice(to.lastIndexOf(":") + 1)];
  return to.includes(":") && from.startsWith(`${name}:`) ? tag : to;
}

/** Names of what changed: "environment, labels". */
function partsOf({ facts }: ClusterEvent): Phrase {
  const known = ["env", "labels", "ports", "resources", "placement", "mounts", "secrets", "networks", "health", "command", "update"] as const; // biome-ignore format: one line
  const parts = String(facts.parts ?? "").split(",");
  const phrases = known.filter((part) => parts.includes(part)).map((part) => phrase(`events.part.${part}`));
  return (
    phrases.reduceRight<Phrase | null>(
      (rest, part) => (rest === null ? part : phrase("events.part.and", { first: part, rest })),
      null,
    ) ?? phrase("events.part.other")
  );
}

function failingWords({ lead, events }: EventGroup): GroupWords {
  // One task that fails its check and is then killed failed once.
  const failures = [
    ...new Map(events.filter(({ action }) => failureActions.has(action)).map((e) => [e.taskId, e])).values(),
  ];
  const last = failures.at(-1) ?? lead;
  const n = failures.length;
  const cause = causeOf(last);
  const details = cause ? [cause] : [];
  if (n === 1 && failures[0]?.action !== "failed") return { title: eventWords(last), details };
  if (n === 1) {
    const where = last.nodeName === null ? null : named(last.nodeName);
    if (where === null)
      return { title: phrase("events.group.failedOnce", { task: named(last.objectName) }), details };
    return {
      title: phrase("events.group.failedOnceOn", { task: named(last.objectName), node: where }),
      details,
    };
  }
  const codes = new Set(failures.map(({ facts }) => facts.exitCode));
  const time = durationPhrase((failures.at(-1)?.at ?? 0) - (failures[0]?.at ?? 0));
  const name = serviceName(last);
  if (failures.every(({ action }) => action === "unhealthy"))
    return { title: phrase("events.group.unhealthy", { name, n, time }), details };
  const code = codes.size === 1 ? failures[0]?.facts.exitCode : undefined;
  const title =
    code === undefined
      ? phrase("events.group.failed", { name, n, time })
      : phrase("events.group.failedCode", { name, n, time, code: String(code) });
  return { title, details };
}

function waitingWords({ events }: EventGroup): GroupWords {
  const last = events.at(-1) as ClusterEvent;
  const n = new Set(events.map(({ taskId }) => taskId)).size;
  const cause = causeOf(last);
  return {
    title: phrase("events.group.waiting", { name: serviceName(last), n }),
    details: cause ? [cause] : [],
  };
}

function tasksWords({ lead, events }: EventGroup): GroupWords {
  const tasks = new Set(events.map(({ taskId }) => taskId));
  if (tasks.size === 1) return { title: eventWords(events.at(-1) ?? lead), details: [] };
  const started = count(events, "running");
  const stopped = count(events, "shutdown", "complete");
  const name = serviceName(lead);
  const first = phrase("events.count.started", { n: started });
  const ended = count(events, "complete");
  const second = phrase(ended === stopped ? "events.count.ended" : "events.count.stopped", { n: stopped });
  if (started > 0 && stopped > 0)
    return { title: phrase("events.group.tasksBoth", { name, first, second }), details: [] };
  if (started + stopped > 0)
    return {
      title: phrase("events.group.tasks", { name, tasks: started > 0 ? first : second }),
      details: [],
    };
  return { title: phrase("events.group.tasksOther", { name, n: tasks.size }), details: [] };
}

function downWords({ lead, events }: EventGroup): GroupWords {
  const node = named(lead.nodeName ?? "");
  const n = count(events, "lost");
  const moved = new Set(
    events
      .filter(({ action, nodeId }) => action === "running" && nodeId !== lead.nodeId)
      .map((e) => e.taskId),
  ).size;
  const back = events.findLast(({ kind, action }) => kind === "node" && action === "ready");
  const details = back
    ? [phrase("events.detail.back", { time: durationPhrase(back.at - lead.at) })]
    : typeof lead.facts.message === "string"
      ? [phrase("events.detail.engine", { text: lead.facts.message })]
      : [];
  if (n === 0) return { title: phrase("events.group.down", { node }), details };
  const lost = phrase("events.count.lost", { n });
  const started = phrase("events.count.elsewhere", { n: moved });
  return { title: phrase("events.group.downTasks", { node, lost, started }), details };
}

function drainWords({ lead, events }: EventGroup): GroupWords {
  const node = named(lead.nodeName ?? "");
  const n = Math.max(count(events, "running"), count(events, "shutdown"));
  if (n === 0) return { title: phrase("events.group.drain", { node }), details: [] };
  return {
    title: phrase("events.group.drainTasks", { node, tasks: phrase("events.count.moved", { n }) }),
    details: [],
  };
}

function electionWords({ lead, events }: EventGroup): GroupWords {
  const leader = events.findLast(({ action }) => action === "leader");
  const begin = events.find(({ action }) => action === "phase");
  const end = events.findLast(({ action, facts }) => action === "phase" && facts.to === "ready");
  const details = leader && begin ? [phrase("events.detail.leads", { node: named(leader.objectName) })] : [];
  if (!begin) return { title: eventWords(leader ?? lead), details };
  const lost = events.some(({ facts }) => facts.to === "no_quorum");
  if (!end) return { title: phrase(lost ? "events.group.quorum" : "events.group.electing"), details };
  const time = durationPhrase(end.at - begin.at);
  return { title: phrase(lost ? "events.group.quorumFor" : "events.group.electingFor", { time }), details };
}

/** Something that went away, and how long until it came back. */
function awayWords(group: EventGroup): GroupWords {
  const { lead, events } = group;
  const last = events.at(-1) ?? lead;
  const message = lead.facts.message;
  const engine = typeof message === "string" ? [phrase("events.detail.engine", { text: message })] : [];
  if (last === lead) return { title: eventWords(lead), details: engine };
  const back = phrase("events.detail.back", { time: durationPhrase(timeOf(group) - lead.at) });
  return { title: eventWords(lead), details: [back] };
}

function containerWords({ lead, events }: EventGroup): GroupWords {
  const starts = events.filter(({ action }) => action === "start").length;
  const last = events.at(-1) ?? lead;
  if (starts < 2) {
    const exit = causeOf(events.findLast(({ action }) => action === "die") ?? lead);
    return { title: eventWords(last), details: exit ? [exit] : [] };
  }
  return {
    title: phrase("events.group.containerStarts", { name: named(lead.objectName), n: starts }),
    details: [],
  };
}

function objectsWords({ lead, events }: EventGroup): GroupWords {
  const n = events.length;
  if (n === 1) return { title: eventWords(lead), details: [] };
  const kind = lead.kind as "network" | "secret" | "config";
  const action = lead.action as "create" | "update" | "remove";
  return { title: phrase(`events.group.${kind}_${action}`, { n }), details: [] };
}
