import { describe, expect, test } from "vitest";
import type { ClusterPhase } from "#lib/shared/model/types.ts";
import { decidePhase, type LinkFacts, type ReadFacts, type SwarmStanding } from "./phase.ts";

const NOW = 1_000_000;
const ago = (seconds: number) => NOW - seconds * 1000;

function link(state: SwarmStanding["state"] | null, more: Partial<LinkFacts> & { control?: boolean } = {}) {
  const { control = false, ...rest } = more;
  const error = state === "error" ? "bad certificate" : null;
  const swarm = state === null ? null : { state, isManager: control, error };
  return { tried: true, ok: true, error: null, swarm, ...rest } satisfies LinkFacts;
}
const manager = link("active", { control: true });
const worker = link("active");
const dead = link("active", { ok: false, error: "ECONNREFUSED", control: true });
const untried = link(null, { tried: false, ok: false });

const fine: ReadFacts = { okAt: ago(1), waitingSince: null, failingSince: null, error: null };
const never: ReadFacts = { okAt: null, waitingSince: null, failingSince: null, error: null };
const noLeader = { code: "no_quorum", text: "The swarm does not have a leader." } as const;
const deadline = { code: "electing", text: "context deadline exceeded" } as const;

describe("phase from links and reads", () => {
  const table: readonly [string, readonly LinkFacts[], ReadFacts, ClusterPhase, boolean][] = [
    ["nothing tried yet", [untried], never, "connecting", true],
    ["the first of two failed, the other is still tried", [dead, untried], never, "connecting", true],
    ["a worker answers, a manager may follow", [worker, untried], never, "connecting", true],
    ["connected, standing not yet known", [link(null)], never, "connecting", true],
    ["every link is down", [dead, dead], fine, "no_engine", true],
    ["a manager answers", [manager], fine, "ready", false],
    ["a manager, the first read is under way", [manager], { ...never, waitingSince: ago(1) }, "connecting", true],
    ["one of two managers died, the other answers", [dead, manager], fine, "ready", false],
    ["a worker and a manager", [worker, manager], fine, "ready", false],
    ["only a worker", [worker], never, "not_manager", true],
    ["the manager died, a worker is left", [dead, worker], fine, "not_manager", true],
    ["single engine", [link("inactive")], never, "not_swarm", false],
    ["joining", [link("pending")], never, "pending", true],
    ["swarm error", [link("error")], never, "swarm_error", true],
    ["locked", [link("locked")], fine, "locked", true],
    ["locked manager and a worker", [link("locked"), worker], fine, "locked", true],
    ["a locked manager, another one is fine", [link("locked"), manager], fine, "ready", false],
    ["a read takes 1 s", [manager], { ...fine, waitingSince: ago(1) }, "ready", false],
    ["a read hangs for 3 s", [manager], { ...fine, waitingSince: ago(3) }, "electing", true],
    ["a read hangs for 16 s", [manager], { ...fine, waitingSince: ago(16) }, "electing", true],
    ["reads hang for 31 s", [manager], { ...fine, waitingSince: ago(31) }, "no_quorum", true],
    [
      "the first read gave up after 20 s, the next hangs",
      [manager],
      { okAt: ago(25), waitingSince: ago(4), failingSince: ago(24), error: deadline },
      "electing",
      true,
    ],
    [
      "no leader for 31 s, whatever the sentence",
      [manager],
      { okAt: ago(35), waitingSince: ago(0), failingSince: ago(31), error: deadline },
      "no_quorum",
      true,
    ],
    [
      "the engine says after 26 s that there is no leader",
      [manager],
      { okAt: ago(27), waitingSince: null, failingSince: ago(26), error: noLeader },
      "no_quorum",
      true,
    ],
    [
      "the engine says so at the end of a long election",
      [manager],
      { okAt: ago(23), waitingSince: null, failingSince: ago(22), error: noLeader },
      "electing",
      true,
    ],
    [
      "Shoal starts while quorum is lost",
      [manager],
      { ...never, failingSince: ago(0), error: noLeader },
      "no_quorum",
      true,
    ],
    [
      "another error is not an election",
      [manager],
      { okAt: ago(9), waitingSince: null, failingSince: ago(5), error: { code: "engine_error", text: "boom" } },
      "ready",
      true,
    ],
  ]; // biome-ignore format: a table

  test.each(table)("%s", (_name, links, reads, phase, stale) => {
    expect(decidePhase(links, reads, NOW)).toMatchObject({ phase, stale });
  });

  test("carries the engine's own sentence", () => {
    const reads = { okAt: ago(60), waitingSince: null, failingSince: ago(50), error: noLeader };
    expect(decidePhase([manager], reads, NOW).message).toBe("The swarm does not have a leader.");
    expect(decidePhase([link("error")], never, NOW).message).toBe("bad certificate");
    expect(decidePhase([dead], fine, NOW).message).toBe("ECONNREFUSED");
    expect(decidePhase([manager], fine, NOW).message).toBeNull();
  });
});
