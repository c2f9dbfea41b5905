import { setTimeout as delay } from "node:timers/promises";
import type { WireContainerInspect } from "#lib/server/docker/wire-container.ts";
import type { ConsolePlan } from "./console-process.ts";

/** How long a process or a container may take to be gone once its stream has ended or it was killed, ms. */
export const settleMs = 3_000;

/**
 * The state of a container whose end would explain what was seen: as soon as it does not run, or as it is after
 * `patienceMs`. Processes and streams of a container that is killed end before its engine says that it has stopped.
 */
export async function stateAfterEnd(
  { node, id }: ConsolePlan["target"],
  patienceMs: number,
): Promise<WireContainerInspect["State"]> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const { State } = await node.engine.get<WireContainerInspect>(`/containers/${id}/json`, {
      signal: node.signal,
    });
    if (State?.Running !== true || Date.now() >= until) return State;
    await delay(100);
  }
}
