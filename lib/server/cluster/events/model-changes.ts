import type { EventDraft, EventFacts, EventSeverity } from "#lib/shared/events/types.ts";
import { sameJson } from "#lib/shared/model/reducer.ts";
import type { ClusterInfo, ClusterModel, ClusterPhase, LinkView, NodeView } from "#lib/shared/model/types.ts";
import { draftOf } from "./draft.ts";

/** What happened to nodes and to the cluster as a whole between two pictures of it. */
export function modelChanges(before: ClusterModel, after: ClusterModel, now: number): readonly EventDraft[] {
  return [...infoChanges(before.info, after.info, now), ...nodeChanges(before.nodes, after.nodes, now)];
}

type Nodes = ClusterModel["nodes"];

function nodeChanges(before: Nodes, after: Nodes, now: number): readonly EventDraft[] {
  // All at once come and go with the picture itself: the first read, and a swarm that is left.
  if (before === after || Object.keys(before).length === 0 || Object.keys(after).length === 0) return [];
  const events: EventDraft[] = [];
  const add = (node: NodeView, { action, severity, facts }: NodeChange) =>
    events.push(
      draftOf({
        at: now, kind: "node", action, severity, objectId: node.id, objectName: node.name, node, facts,
      }), // biome-ignore format: short
    );
  const leader = Object.values(before).find((node) => node.leader);
  for (const node of Object.values(after)) {
    const old = before[node.id];
    if (old === node) continue;
    if (old === undefined) add(node, { action: "joined", facts: { role: node.role } });
    else for (const change of changesOf(old, node)) add(node, change);
    if (node.leader && old !== undefined && !old.leader) {
      add(node, { action: "leader", severity: "warn", facts: leader ? { from: leader.name } : {} });
    }
  }
  for (const node of Object.values(before)) if (!after[node.id]) add(node, { action: "removed" });
  return events;
}

interface NodeChange {
  readonly action: string;
  readonly severity?: EventSeverity;
  readonly facts?: EventFacts;
}

const stateSeverity = { down: "bad", disconnected: "bad", unknown: "warn", ready: "info" } as const;

function changesOf(old: NodeView, node: NodeView): readonly NodeChange[] {
  const changes: NodeChange[] = [];
  if (old.state !== node.state) {
    const message = node.state === "ready" ? "" : node.stateMessage.slice(0, 300);
    const facts: EventFacts = { from: old.state, ...(message === "" ? {} : { message }) };
    changes.push({ action: node.state, severity: stateSeverity[node.state], facts });
  }
  if (old.availability !== node.availability) {
    const facts = { from: old.availability, to: node.availability };
    changes.push({ action: "availability", facts });
  }
  if (old.role !== node.role)
    changes.push({ action: node.role === "manager" ? "promoted" : "demoted", facts: { to: node.role } });
  // An unreachable manager whose node is down is told by the node.
  if (old.reachability === "reachable" && node.reachability === "unreachable" && node.state === "ready")
    changes.push({ action: "unreachable", severity: "warn" });
  if (!sameJson(old.labels, node.labels)) changes.push({ action: "labels" });
  return changes;
}

const phaseSeverity: Partial<Record<ClusterPhase, EventSeverity>> = {
  ready: "info",
  not_swarm: "info",
  connecting: "info",
  electing: "warn",
};
/** Phases in which nothing of the cluster is heard: what happens meanwhile is not known. */
const deaf: ReadonlySet<ClusterPhase> = new Set([
  "connecting", "no_engine", "pending", "swarm_error", "locked", "not_manager",
]); // biome-ignore format: one list

function infoChanges(before: ClusterInfo, after: ClusterInfo, now: number): readonly EventDraft[] {
  const events: EventDraft[] = [];
  if (before.phase !== after.phase && before.phase !== "connecting") {
    const gap: EventFacts = deaf.has(before.phase) && !deaf.has(after.phase) ? { gapFrom: before.since } : {};
    const message = after.phase === "ready" ? "" : (after.message ?? "").slice(0, 300);
    events.push(
      draftOf({
        at: now,
        kind: "cluster",
        action: "phase",
        severity: phaseSeverity[after.phase] ?? "bad",
        objectId: after.id,
        objectName: after.name,
        facts: { from: before.phase, to: after.phase, ...gap, ...(message === "" ? {} : { message }) },
      }),
    );
  }
  if (after.phase === "ready" && before.phase === "ready") events.push(...linkChanges(before, after, now));
  return events;
}

function linkChanges(before: ClusterInfo, after: ClusterInfo, now: number): readonly EventDraft[] {
  const old = new Map(before.links.map((link) => [link.id, link]));
  return after.links.flatMap((link) => {
    const was = old.get(link.id);
    // The first connection of all is no news.
    if (was === undefined || was.ok === link.ok || (link.ok && was.lastOkAt === null)) return [];
    return [linkEvent(after, link, now)];
  });
}

function linkEvent(info: ClusterInfo, link: LinkView, now: number): EventDraft {
  return draftOf({
    at: now,
    kind: "cluster",
    action: link.ok ? "link_back" : "link_lost",
    severity: link.ok ? "info" : "warn",
    objectId: info.id,
    objectName: info.name,
    node: link.nodeId === null ? null : { id: link.nodeId, name: link.nodeName ?? link.nodeId },
    facts: { engine: (link.nodeName ?? link.target).slice(0, 255) },
  });
}
