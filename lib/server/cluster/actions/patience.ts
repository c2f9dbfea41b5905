import { certainlyNotApplied } from "#lib/server/docker/errors.ts";
import { type ErrorCode, isAppError } from "#lib/shared/errors.ts";
import type { ClusterPhase } from "#lib/shared/model/types.ts";
import type { ActionContext } from "./context.ts";

/** Longest wait for a leader or for another manager, all tries together, ms. An election takes about 15 s. */
const patienceMs = 45_000;
const pauseMs = 300;

/** Refusals that pass by themselves when another manager takes over. */
const passing: ReadonlySet<ErrorCode> = new Set(["no_engine", "electing", "not_a_manager", "no_quorum"]);

const withoutManager: ReadonlySet<ClusterPhase> = new Set(["no_engine", "not_manager", "not_swarm"]);

/** The end of waiting for one operation. */
export interface Patience {
  /** Waits a moment when trying again makes sense, else throws the error. The caller makes sure that it is safe. */
  again(error: unknown): Promise<void>;
}

/** Starts the patience of one operation. */
export function createPatience(ctx: Pick<ActionContext, "now" | "sleep" | "model">): Patience {
  const until = ctx.now() + patienceMs;
  return {
    again: async (error) => {
      const hopeless = isAppError(error) && isHopeless(error.code, ctx.model().info.phase);
      if (hopeless || !isPassing(error) || ctx.now() >= until) throw error;
      await ctx.sleep(pauseMs);
    },
  };
}

/**
 * What looks passing in one call is not when the picture knows better: managers say that they have no leader during a
 * slow election too, and a manager that is missing for a moment differs from one that was never there.
 */
function isHopeless(code: ErrorCode, phase: ClusterPhase): boolean {
  if (code === "no_quorum") return phase === "no_quorum";
  if (code === "no_engine" || code === "not_a_manager") return withoutManager.has(phase);
  return false;
}

/** Repeats something that is safe to repeat, until it works or waiting makes no sense. */
export async function patiently<T>(ctx: ActionContext, attempt: () => Promise<T>): Promise<T> {
  const patience = createPatience(ctx);
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      await patience.again(error);
    }
  }
}

function isPassing(error: unknown): boolean {
  // Without an answer (timeout, broken connection) another manager may give one.
  return isAppError(error) && (passing.has(error.code) || !certainlyNotApplied(error));
}
