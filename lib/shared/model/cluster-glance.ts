import type { ContainerView } from "../containers/types.ts";
import { type Phrase, phrase } from "../i18n/phrase.ts";
import { compareNatural } from "../natural-order.ts";
import { healthOfAll } from "./cluster-summary.ts";
import { shortName } from "./index-model.ts";
import { nodeCondition } from "./node-state.ts";
import { healthKinds, type ServiceHealth } from "./service-verdict.ts";
import type { Tone } from "./task-state.ts";
import type { AgentCounts, ClusterInfo, ClusterModel } from "./types.ts";

/** A cluster in a line: what somebody with several of them wants to know of each. */
export interface ClusterGlance
  extends Pick<ClusterInfo, "id" | "name" | "phase" | "staleSince" | "simulated" | "viaAgents"> {
  readonly tone: Tone;
  /** One word: how it is. */
  readonly word: Phrase;
  /** What is wrong, or what it is, in one sentence; null when there is nothing to say. */
  readonly sentence: Phrase | null;
  readonly nodes: { readonly ready: number; readonly total: number };
  readonly services: number;
  readonly tasks: { readonly running: number; readonly desired: number };
  /** Of a single engine. */
  readonly containers: { readonly running: number; readonly total: number };
  readonly agents: AgentCounts;
}

type Verdict = Pick<ClusterGlance, "tone" | "word" | "sentence">;

/** What the home page and the switcher show of a cluster at `now`, ms since 1970. Pure. */
export function clusterGlance(
  model: ClusterModel,
  containers: readonly Pick<ContainerView, "state">[],
  now: number,
): ClusterGlance {
  const { id, name, phase, staleSince, simulated, viaAgents, agents } = model.info;
  const healths = healthOfAll(model, now);
  const counted = [...healths.values()].filter(({ kind }) => kind !== "job_done");
  const nodes = Object.values(model.nodes);
  return {
    id,
    name,
    phase,
    staleSince,
    simulated,
    viaAgents,
    ...verdictOf(model, healths, now),
    nodes: { ready: nodes.filter(({ state }) => state === "ready").length, total: nodes.length },
    services: healths.size,
    tasks: {
      running: counted.reduce((sum, { running, desired }) => sum + Math.min(running ?? 0, desired), 0),
      desired: counted.reduce((sum, { desired }) => sum + desired, 0),
    },
    containers: {
      running: containers.filter(({ state }) => state === "running").length,
      total: containers.length,
    },
    agents,
  };
}

/** The worst that holds: how the cluster is reached, then its nodes, its services, its agents. */
function verdictOf(model: ClusterModel, healths: ReadonlyMap<string, ServiceHealth>, now: number): Verdict {
  const { phase, viaAgents, agents } = model.info;
  if (phase === "no_engine" || (phase === "connecting" && viaAgents && agents.connected === 0)) {
    return unreached(model.info);
  }
  if (phase === "connecting") return { tone: "move", word: phrase("home.word.connecting"), sentence: null };
  if (phase !== "ready" && phase !== "not_swarm") {
    return { tone: "bad", word: phrase("home.word.silent"), sentence: phrase(`home.phase.${phase}`) };
  }
  return (
    nodeTrouble(model, now) ??
    serviceTrouble(model, healths) ??
    agentTrouble(model.info) ?? {
      tone: "ok",
      word: phrase("home.word.well"),
      sentence: phase === "not_swarm" ? phrase("home.sentence.engine") : null,
    }
  );
}

function unreached({ viaAgents, agents }: ClusterInfo): Verdict {
  if (!viaAgents) {
    return { tone: "bad", word: phrase("home.word.silent"), sentence: phrase("home.phase.no_engine") };
  }
  if (agents.known + agents.waiting === 0) {
    return { tone: "warn", word: phrase("home.word.empty"), sentence: phrase("home.sentence.noAgents") };
  }
  return agents.connected > 0
    ? { tone: "bad", word: phrase("home.word.silent"), sentence: phrase("home.sentence.agentsSilent") }
    : {
        tone: "bad",
        word: phrase("home.word.away"),
        sentence: phrase("home.sentence.agentsAway", { n: agents.known }),
      };
}

function nodeTrouble(model: ClusterModel, now: number): Verdict | null {
  const bad = Object.values(model.nodes)
    .filter((node) => ["down", "unknown"].includes(nodeCondition(node, now).kind))
    .sort((a, b) => compareNatural(a.name, b.name));
  const [first] = bad;
  if (!first) return null;
  return {
    tone: "bad",
    word: phrase("home.word.trouble"),
    sentence:
      bad.length === 1
        ? phrase("home.sentence.nodeDown", { name: first.name })
        : phrase("home.sentence.nodesDown", { name: first.name, n: bad.length - 1 }),
  };
}

function serviceTrouble(model: ClusterModel, healths: ReadonlyMap<string, ServiceHealth>): Verdict | null {
  const bad = Object.values(model.services)
    .flatMap((service) => {
      const health = healths.get(service.id);
      return health && (health.tone === "bad" || health.tone === "warn") ? [{ service, health }] : [];
    })
    .sort(
      (a, b) =>
        healthKinds.indexOf(a.health.kind) - healthKinds.indexOf(b.health.kind) ||
        compareNatural(a.service.name, b.service.name),
    );
  const [worst] = bad;
  if (!worst) return null;
  const words = { name: shortName(worst.service), word: worst.health.word };
  return {
    tone: worst.health.tone,
    word: phrase("home.word.trouble"),
    sentence:
      bad.length === 1
        ? phrase("home.sentence.service", words)
        : phrase("home.sentence.services", { ...words, n: bad.length - 1 }),
  };
}

function agentTrouble({ agents }: ClusterInfo): Verdict | null {
  const word = phrase("home.word.trouble");
  if (agents.waiting > 0) {
    return { tone: "warn", word, sentence: phrase("home.sentence.waiting", { n: agents.waiting }) };
  }
  if (agents.connected < agents.known) {
    const n = agents.known - agents.connected;
    return { tone: "warn", word, sentence: phrase("home.sentence.agentsOff", { n }) };
  }
  return null;
}
