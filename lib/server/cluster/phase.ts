import type { SwarmFacts } from "#lib/server/docker/engine-facts.ts";
import type { ErrorCode } from "#lib/shared/errors.ts";
import type { ClusterPhase } from "#lib/shared/model/types.ts";

/** What an engine says about its own place in a swarm. */
export type SwarmStanding = Pick<SwarmFacts, "state" | "isManager" | "error">;

/** One link as the phase sees it. */
export interface LinkFacts {
  /** At least one try to connect is over. */
  readonly tried: boolean;
  readonly ok: boolean;
  readonly error: string | null;
  /** Null until the engine has told. */
  readonly swarm: SwarmStanding | null;
}

/** How reads of swarm state go, over all managers we reach. Times are server clock, ms. */
export interface ReadFacts {
  /** Last good answer. */
  readonly okAt: number | null;
  /** Start of the oldest read still without an answer. */
  readonly waitingSince: number | null;
  /** Start of the first read that failed after the last good answer. */
  readonly failingSince: number | null;
  readonly error: { readonly code: ErrorCode; readonly text: string } | null;
}

export interface PhaseDecision {
  readonly phase: ClusterPhase;
  readonly message: string | null;
  /** The picture of the swarm may be out of date. */
  readonly stale: boolean;
}

/** A read of the swarm that takes longer than this is waiting for a leader: the slowest list of a big swarm takes 0.5 s. */
export const WAITING_MS = 2_500;
/**
 * Docker says "too few managers" also while managers start, and at the end of an election: those take 11 to 15 s, up
 * to 22 s on a busy machine.
 */
const NO_LEADER_MS = 25_000;
/** Without a leader for this long there is no majority, even if no manager says so. */
const ELECTION_MS = 30_000;

/** Decides what state the cluster is in. Pure: call it again whenever a fact or the clock has moved on. */
export function decidePhase(
  links: readonly LinkFacts[],
  reads: ReadFacts,
  now: number,
  { isAlone = false }: { /** The swarm has one manager. */ readonly isAlone?: boolean } = {},
): PhaseDecision {
  const alive = links.filter((link) => link.ok && link.swarm !== null);
  if (alive.some((link) => isManager(link.swarm))) return decideSwarm(reads, now, isAlone);
  // Another engine may still turn out to be a manager.
  if (links.some((link) => !link.tried)) return { phase: "connecting", message: null, stale: true };
  const one = (state: SwarmStanding["state"]) => alive.find((link) => link.swarm?.state === state)?.swarm;
  const found = one("locked") ?? one("error") ?? one("pending") ?? one("active") ?? one("inactive");
  switch (found?.state) {
    case "locked":
      return { phase: "locked", message: found.error, stale: true };
    case "error":
      return { phase: "swarm_error", message: found.error, stale: true };
    case "pending":
      return { phase: "pending", message: found.error, stale: true };
    case "active":
      return { phase: "not_manager", message: null, stale: true };
    case "inactive":
      return { phase: "not_swarm", message: null, stale: false };
    default:
      return decideUnreached(links);
  }
}

/** A manager that can speak for the swarm. */
export function isManager(swarm: SwarmStanding | null): boolean {
  return swarm?.isManager === true && swarm.state === "active";
}

function decideUnreached(links: readonly LinkFacts[]): PhaseDecision {
  if (links.some((link) => link.ok)) return { phase: "connecting", message: null, stale: true };
  return { phase: "no_engine", message: links.find((link) => link.error)?.error ?? null, stale: true };
}

function decideSwarm(reads: ReadFacts, now: number, isAlone: boolean): PhaseDecision {
  const waiting = reads.waitingSince !== null && now - reads.waitingSince >= WAITING_MS;
  // Silence says that managers elect a leader, but for one that is alone: that is only slow, until it says more.
  const words = isAlone ? toldCodes : leaderlessCodes;
  const leaderless = reads.error !== null && words.has(reads.error.code);
  if (!leaderless && (isAlone || !waiting)) {
    const failing = reads.failingSince !== null || waiting;
    return {
      phase: reads.okAt === null && !failing ? "connecting" : "ready",
      message: failing ? (reads.error?.text ?? null) : null,
      stale: failing || reads.okAt === null,
    };
  }
  const since = Math.min(reads.failingSince ?? now, waiting ? (reads.waitingSince ?? now) : now);
  const message = reads.error?.text || null;
  const saidSo = reads.error?.code === "no_quorum" && (reads.okAt === null || now - since >= NO_LEADER_MS);
  const phase = saidSo || now - since >= ELECTION_MS ? "no_quorum" : "electing";
  return { phase, message, stale: true };
}

const toldCodes: ReadonlySet<ErrorCode> = new Set(["no_quorum", "electing"]);
const leaderlessCodes: ReadonlySet<ErrorCode> = new Set([...toldCodes, "engine_timeout"]);
