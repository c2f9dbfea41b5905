import type { ClusterEvent } from "./types.ts";

/** Why events belong together. `tasks`: tasks of one service that changed at about the same time, for no known reason. */
export type GroupType =
  | "change" | "failing" | "waiting" | "tasks" | "lost" | "node_down" | "drain" | "election" | "engine" | "link"
  | "container" | "objects" | "single"; // biome-ignore format: one block

/** Events that tell one story, oldest first. `lead` is what began it. */
export interface EventGroup {
  /** Stays the same while the group grows. */
  readonly key: string;
  readonly type: GroupType;
  readonly lead: ClusterEvent;
  readonly events: readonly ClusterEvent[];
}

const second = 1_000;
const minute = 60 * second;
/** A group takes no more after this long without one of its events. */
const patience: Readonly<Record<GroupType, number>> = {
  change: minute, failing: 5 * minute, waiting: 2 * minute, tasks: 30 * second, lost: 20 * second,
  node_down: 2 * minute, drain: 90 * second, election: 30 * second, engine: 24 * 60 * minute,
  link: 24 * 60 * minute, container: minute, objects: 5 * second, single: 0,
}; // biome-ignore format: short
/** An update of large services with slow health checks may be quiet for hours. */
const updatePatience = 24 * 60 * minute;
/** What is read a moment after the engine said that an update is over. */
const afterUpdate = 5 * second;
/** What was read in the same moment as the last task that was asked for. */
const afterReached = 3 * second;
/** Parts of one change, and what was read before the event that explains it. */
const together = 2 * second;

class OpenGroup {
  readonly events: ClusterEvent[] = [];
  type: GroupType;
  lead: ClusterEvent;
  private updating = false;
  private endsAt = Number.POSITIVE_INFINITY;

  constructor(type: GroupType, lead: ClusterEvent) {
    this.type = type;
    this.lead = lead;
    this.add(lead);
  }

  add(event: ClusterEvent): this {
    this.events.push(event);
    if (event.kind === "service") this.noteUpdate(event);
    if (this.type === "change" && !this.updating && this.isReached()) this.endsAt = event.at + afterReached;
    return this;
  }

  /** An update is under way: it explains everything that happens to its tasks. */
  isUpdating(): boolean {
    return this.updating;
  }

  /** The same change, read a moment later. What is done a second time is another change, however soon. */
  isPartOf({ at, action }: ClusterEvent): boolean {
    const isDone = this.events.some((event) => event.kind === "service" && event.action === action);
    return at - this.lead.at <= together && !isDone;
  }

  /** What was asked for is there: later starts and stops have other reasons. */
  private isReached(): boolean {
    const { action, facts } = this.lead;
    const count = (...words: readonly string[]) =>
      this.events.filter((event) => event.kind === "task" && words.includes(event.action)).length;
    if (action === "created") return typeof facts.replicas === "number" && count("running") >= facts.replicas;
    if (action !== "scaled") return false;
    const more = Number(facts.to) - Number(facts.from);
    return more > 0 ? count("running") >= more : count("shutdown") >= -more;
  }

  private noteUpdate(event: ClusterEvent): void {
    if (event.action === "update_started" || event.action === "rollback_started") {
      this.updating = true;
      this.endsAt = Number.POSITIVE_INFINITY;
    } else if (updateEnds.has(event.action)) {
      this.updating = false;
      this.endsAt = event.at + afterUpdate;
    }
  }

  takes(at: number): boolean {
    const wait = this.updating ? updatePatience : patience[this.type];
    return at <= this.endsAt && at - (this.events.at(-1)?.at ?? 0) <= wait;
  }
}

/** What a task does not survive, or not for long. */
export const failureActions: ReadonlySet<string> = new Set(["failed", "rejected", "unhealthy", "oom"]);
const updateEnds = new Set(["update_completed", "update_paused", "rollback_completed", "rollback_paused"]);
const updateSteps = new Set([...updateEnds, "update_started", "rollback_started"]);

/**
 * Puts events that tell one story together: an update and the tasks it replaces, a node that went down and what was
 * lost with it, a service that keeps failing. Takes events in any order; answers the group that is newest first.
 */
export function groupEvents(events: readonly ClusterEvent[]): readonly EventGroup[] {
  const grouping = new Grouping();
  for (const event of events.toSorted((a, b) => a.at - b.at || a.id - b.id)) grouping.take(event);
  return grouping.groups
    .map(({ type, lead, events: own }) => ({ key: `${own[0]?.id}`, type, lead, events: own }))
    .sort((a, b) => timeOf(b) - timeOf(a) || b.lead.id - a.lead.id);
}

/** When a group last went on, ms since 1970. */
export function timeOf(group: EventGroup): number {
  return group.events.at(-1)?.at ?? 0;
}

class Grouping {
  readonly groups: OpenGroup[] = [];
  /** The newest group of each story: `change s1`, `node n1`. */
  private readonly newest = new Map<string, OpenGroup>();

  take(event: ClusterEvent): OpenGroup {
    switch (event.kind) {
      case "service":
        return this.service(event);
      case "task":
        return this.task(event);
      case "node":
        return this.node(event);
      case "cluster":
        return this.cluster(event);
      case "container":
        return this.continue("container", `container ${event.nodeId} ${event.objectName}`, event);
      default:
        return this.continue("objects", `${event.kind} ${event.action}`, event);
    }
  }

  private open(type: GroupType, story: string, event: ClusterEvent): OpenGroup {
    const group = new OpenGroup(type, event);
    this.groups.push(group);
    this.newest.set(story, group);
    return group;
  }

  private found(story: string, at: number): OpenGroup | undefined {
    const group = this.newest.get(story);
    return group?.takes(at) ? group : undefined;
  }

  private continue(type: GroupType, story: string, event: ClusterEvent): OpenGroup {
    return this.found(story, event.at)?.add(event) ?? this.open(type, story, event);
  }

  private service(event: ClusterEvent): OpenGroup {
    const story = `change ${event.serviceId}`;
    const group = this.found(story, event.at);
    const goesOn = updateSteps.has(event.action) || group?.isPartOf(event);
    if (group && goesOn && event.action !== "removed") return group.add(event);
    return this.open("change", story, event);
  }

  private task(event: ClusterEvent): OpenGroup {
    const { serviceId, nodeId, at, action } = event;
    if (action === "lost") return this.continue("lost", `node ${nodeId}`, event);
    const change = this.found(`change ${serviceId}`, at);
    if (change?.isUpdating() !== true) {
      const lost = this.movedBy(event, ({ events }) =>
        events.some((each) => each.serviceId === serviceId && each.action === "lost"),
      );
      if (lost) return lost.add(event);
    }
    if (change) return change.add(event);
    if (failureActions.has(action)) {
      return this.continue("failing", `failing ${serviceId}`, event);
    }
    const failing = this.found(`failing ${serviceId}`, at);
    if (failing) return failing.add(event);
    if (action === "waiting") return this.continue("waiting", `waiting ${serviceId}`, event);
    const moved = this.movedBy(event);
    if (moved) return moved.add(event);
    return this.continue("tasks", `tasks ${serviceId}`, event);
  }

  /** The node that went down or was drained, if that is why this task stops there or starts elsewhere. */
  private movedBy(
    event: ClusterEvent,
    holds: (group: OpenGroup) => boolean = () => true,
  ): OpenGroup | undefined {
    const stops = event.action === "shutdown";
    if (!stops && event.action !== "placed" && event.action !== "running") return undefined;
    return this.groups
      .slice(-50)
      .findLast(
        (group) =>
          (group.type === "node_down" || group.type === "drain" || group.type === "lost") &&
          group.takes(event.at) &&
          (group.lead.nodeId === event.nodeId) === stops &&
          holds(group),
      );
  }

  private node(event: ClusterEvent): OpenGroup {
    const { nodeId, at, action, facts } = event;
    const story = `node ${nodeId}`;
    const own = this.found(story, at);
    const election = this.found("election", at);
    if (action === "down") {
      // Its tasks may have been read a moment before.
      if (own?.type !== "lost") return this.open("node_down", story, event);
      own.type = "node_down";
      own.lead = event;
      return own.add(event);
    }
    if (action === "availability" && facts.to === "drain") return this.open("drain", story, event);
    if (action === "ready" || action === "unknown") {
      const group = election ?? (action === "ready" ? this.newest.get(story) : undefined);
      if (group && (group === election || group.type === "node_down")) {
        if (group !== election) this.newest.delete(story);
        return group.add(event);
      }
      return this.continue("single", `state ${nodeId}`, event);
    }
    if (action === "leader") return this.continue("election", "election", event);
    return this.open("single", `${action} ${nodeId}`, event);
  }

  private cluster(event: ClusterEvent): OpenGroup {
    const { action, facts } = event;
    if (action === "link_lost" || action === "link_back") {
      return this.pair("link", `link ${facts.engine}`, event, action === "link_back");
    }
    if (action !== "phase") return this.open("single", action, event);
    const leaderless = (phase: unknown) => phase === "electing" || phase === "no_quorum";
    if (leaderless(facts.to) || leaderless(facts.from)) {
      // An election lasts as long as it lasts.
      const last = this.newest.get("election");
      if (last && leaderless(facts.from)) return last.add(event);
      return this.open("election", "election", event);
    }
    return this.pair("engine", "engine", event, facts.to === "ready" || facts.to === "not_swarm");
  }

  /** What goes away and comes back: the group ends with the return. */
  private pair(type: GroupType, story: string, event: ClusterEvent, isBack: boolean): OpenGroup {
    const group = this.continue(type, story, event);
    if (isBack) this.newest.delete(story);
    return group;
  }
}
