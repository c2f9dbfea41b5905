import type { ClusterInfo, ConnectAttempt, LinkView, NodeView } from "#lib/shared/model/types.ts";
import type { Link } from "./link.ts";
import { decidePhase, isManager, type PhaseDecision, type ReadFacts } from "./phase.ts";

/** What the state of a cluster follows from. */
export interface InfoInputs {
  /** The first one is the engine the cluster is named after. */
  readonly links: readonly Pick<Link, "id" | "state">[];
  readonly reads: ReadFacts;
  /** The whole swarm was read since the start or the last trouble: before that there is nothing to call ready. */
  readonly loaded: boolean;
  /** Other questions may be answered, but what is shown could not be read since then. */
  readonly unread: { readonly since: number; readonly text: string } | null;
  readonly now: number;
  /** The name a person gave the cluster. */
  readonly name: string | null;
  readonly checkEveryMs: number | null;
  /** As they were read last, by id. */
  readonly nodes: Readonly<Record<string, Pick<NodeView, "name" | "role">>>;
  readonly hostAddresses: () => readonly string[];
}

/** The cluster's own entry as it is now, after it was `before`. Pure. */
export function nextInfo(before: ClusterInfo, inputs: InfoInputs): ClusterInfo {
  const { links, reads, now } = inputs;
  const states = links.map((link) => link.state());
  const decided = decidePhase(
    states.map((state) => ({ ...state, swarm: state.facts?.swarm ?? null })),
    reads,
    now,
    { isAlone: Object.values(inputs.nodes).filter(({ role }) => role === "manager").length === 1 },
  );
  const decision =
    decided.phase !== "ready" ? decided : inputs.loaded ? asFarAsRead(decided, inputs) : notYet(before);
  const changed = decision.phase !== before.phase;
  const first = states[0];
  const speaker = states.find((state) => state.ok && isManager(state.facts?.swarm ?? null));
  return {
    ...before,
    // A simulated engine has a host name too, but nobody looks for it under that name.
    name: before.simulated ? before.name : inputs.name || first?.facts?.name || before.name,
    phase: decision.phase,
    since: changed ? now : before.since,
    message: decision.message,
    staleSince: decision.stale ? (before.staleSince ?? staleFrom(before, inputs)) : null,
    swarmId: decision.phase === "not_swarm" ? null : (speaker?.facts?.swarm.clusterId ?? before.swarmId),
    checkEveryMs: decision.phase === "ready" ? inputs.checkEveryMs : null,
    links: links.map((link) => viewOf(link, before, inputs)),
    attempts: attemptsOf(states.map((state) => state.attempts)),
    hostAddresses: decision.phase === "not_swarm" ? inputs.hostAddresses() : [],
    engineName: first?.facts?.name ?? before.engineName,
    remoteManagers: decision.phase === "not_manager" ? remoteManagers(states) : [],
  };
}

/** The swarm answers again, but the picture is still the one from before. */
function notYet({ phase, message }: ClusterInfo): PhaseDecision {
  if (phase === "electing" || phase === "no_quorum") return { phase, message, stale: true };
  return { phase: "connecting", message: null, stale: true };
}

/** One kind of read that fails for ever leaves an old picture, whatever else the managers answer. */
function asFarAsRead(decided: PhaseDecision, { unread }: InfoInputs): PhaseDecision {
  return unread === null ? decided : { ...decided, message: decided.message ?? unread.text, stale: true };
}

/** Events and reads kept the picture true until the trouble began. Null when there has never been a true picture. */
function staleFrom(before: ClusterInfo, { reads, unread, now }: InfoInputs): number | null {
  if (before.phase !== "ready" && before.phase !== "not_swarm") return null;
  return Math.min(now, reads.failingSince ?? now, reads.waitingSince ?? now, unread?.since ?? now);
}

function viewOf(link: InfoInputs["links"][number], before: ClusterInfo, { nodes }: InfoInputs): LinkView {
  const { target, ok, error, frozen, facts, lastOkAt } = link.state();
  const old = before.links.find(({ id }) => id === link.id);
  const nodeId = facts?.swarm.nodeId ?? null;
  return {
    id: link.id,
    target,
    ok,
    error,
    frozen,
    nodeId,
    nodeName: (nodeId && nodes[nodeId]?.name) || (facts?.name ?? null),
    isManager: isManager(facts?.swarm ?? null),
    engineVersion: facts?.engineVersion ?? null,
    apiVersion: facts?.apiVersion ?? null,
    // While the link is fine its last answer is "now": not a change worth a message every few seconds.
    lastOkAt: ok && old?.ok ? old.lastOkAt : lastOkAt,
  };
}

/** Attempts matter while something failed; each target once. */
function attemptsOf(lists: readonly (readonly ConnectAttempt[])[]): readonly ConnectAttempt[] {
  const attempts = lists.flat();
  return [...new Map(attempts.map((attempt) => [attempt.target, attempt])).values()];
}

function remoteManagers(states: readonly ReturnType<Link["state"]>[]): readonly string[] {
  const own = states.flatMap(({ facts }) => facts?.swarm.remoteManagers ?? []);
  return [...new Set(own)].sort();
}
