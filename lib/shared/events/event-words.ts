import { type Phrase, phrase } from "../i18n/phrase.ts";
import type { ClusterPhase } from "../model/types.ts";
import type { ClusterEvent } from "./types.ts";

/** First strong isolate, and its end: names keep their own direction, and pages find them to make links. */
const open = "\u2068";
const close = "\u2069";

/** A name inside a sentence. */
export function named(name: string): string {
  return open + name.replaceAll(/[\u2066-\u2069]/g, "") + close;
}

/** The parts of a sentence: plain text, and the names `named` put into it. */
export function partsOfSentence(
  text: string,
): readonly { readonly text: string; readonly isName: boolean }[] {
  return text
    .split(/(\u2068[^\u2069]*\u2069)/)
    .filter((part) => part !== "")
    .map((part) =>
      part.startsWith(open) ? { text: part.slice(1, -1), isName: true } : { text: part, isName: false },
    );
}

const taskActions = [
  "placed", "running", "failed", "rejected", "complete", "shutdown", "lost", "waiting", "unhealthy", "healthy", "oom",
] as const; // biome-ignore format: one list
const serviceActions = [
  "created", "removed", "scaled", "image", "updated", "restarted", "update_started", "update_completed",
  "update_paused", "rollback_started", "rollback_completed", "rollback_paused",
] as const; // biome-ignore format: one list
const nodeActions = [
  "joined", "removed", "down", "ready", "unknown", "disconnected", "leader", "promoted", "demoted", "unreachable",
  "labels",
] as const; // biome-ignore format: one list
const containerActions = ["start", "die", "oom", "pause", "unpause", "destroy"] as const;
const objectActions = ["create", "update", "remove"] as const;

/** One event in a sentence. */
export function eventWords(event: ClusterEvent): Phrase {
  const { kind, action, objectName, nodeName, facts } = event;
  const name = named(objectName);
  switch (kind) {
    case "task": {
      const known = taskActions.find((word) => word === action);
      if (known === undefined) break;
      return nodeName === null
        ? phrase(`events.task.${known}`, { name })
        : phrase(`events.taskOn.${known}`, { name, node: named(nodeName) });
    }
    case "service": {
      const known = serviceActions.find((word) => word === action);
      if (known === undefined) break;
      return phrase(`events.service.${known}`, {
        name,
        from: facts.from === undefined ? "" : String(facts.from),
        to: facts.to === undefined ? "" : String(facts.to),
      });
    }
    case "node":
      return nodeWords(event) ?? phrase("events.other", { name, action });
    case "container": {
      const known = containerActions.find((word) => word === action);
      if (known === undefined) break;
      return nodeName === null
        ? phrase(`events.container.${known}`, { name })
        : phrase(`events.containerOn.${known}`, { name, node: named(nodeName) });
    }
    case "cluster":
      return clusterWords(event);
    default: {
      const known = objectActions.find((word) => word === action);
      if (known !== undefined) return phrase(`events.${kind}.${known}`, { name });
    }
  }
  return phrase("events.other", { name, action });
}

function nodeWords({ action, objectName, facts }: ClusterEvent): Phrase | null {
  const name = named(objectName);
  if (action === "availability") {
    const to = (["active", "pause", "drain"] as const).find((word) => word === facts.to);
    return to ? phrase(`events.node.${to}`, { name }) : null;
  }
  const known = nodeActions.find((word) => word === action);
  return known ? phrase(`events.node.${known}`, { name }) : null;
}

const phases: readonly ClusterPhase[] = [
  "connecting", "no_engine", "pending", "swarm_error", "locked", "not_swarm", "not_manager", "electing", "no_quorum",
  "ready",
]; // biome-ignore format: one list

function clusterWords({ action, facts }: ClusterEvent): Phrase {
  const engine = named(String(facts.engine ?? ""));
  if (action === "link_lost") return phrase("events.cluster.link_lost", { engine });
  if (action === "link_back") return phrase("events.cluster.link_back", { engine });
  if (action === "watching") return phrase("events.cluster.watching");
  const to = phases.find((phase) => phase === facts.to);
  return to ? phrase(`events.phase.${to}`) : phrase("events.other", { name: "", action });
}
