import { setTimeout as pause } from "node:timers/promises";
import { createRandom } from "#lib/sim/world/random.ts";
import type { FaultLimits } from "./fault-plan.ts";
import { createHappenings } from "./happenings.ts";
import { agreed, atRest, ownErrors, type Rig, startRig } from "./rig.ts";
import { falsehoods } from "./witness.ts";

export interface SeedOptions {
  readonly seed: number;
  /** How long faults come. */
  readonly faultyMs: number;
  readonly limits: FaultLimits;
}

/** What one seed did, for who wants to know how much that was. */
export interface SeedReport {
  readonly faults: number;
  readonly happenings: number;
  readonly pictures: number;
}

/**
 * From the end of the faults until a page knows what is true. A link that was lost is tried again within 15 s; less than
 * the 45 s after which everything is read again whether anybody asked or not, which would hide what was missed.
 */
const healedWithinMs = 25_000;

/** One seed: a swarm that lives, engines that are faulty for a while, and then a full read that has to agree with the page. */
export async function runSeed({ seed, faultyMs, limits }: SeedOptions): Promise<SeedReport> {
  const random = createRandom(seed);
  // With one manager nobody else tells what its engine did not.
  const nodes = random.between(0, 1) < 0.4 ? 2 : 6;
  const linked = Math.min(nodes, [6, 6, 6, 5, 3, 1][Math.floor(random.between(0, 6))] ?? 6);
  // Of more than 40 services that may have changed all are read at once.
  const size = random.between(0, 1) < 0.3 ? { services: 60, tasks: 200 } : {};
  const rig = await startRig({ seed, nodes, linked, limits, ...size });
  const happenings = createHappenings(rig.swarm, rig.manager, seed);
  try {
    const before = await rig.truth();
    const shownBefore = rig.viewer.pictures.length;
    setFaulty(rig, true);
    const end = performance.now() + faultyMs;
    while (performance.now() < end) {
      await happenings.next();
      await pause(random.between(20, 200));
    }
    await happenings.settle();
    setFaulty(rig, false);
    await atRest(rig);
    await agreed(rig, healedWithinMs);
    const wrong = falsehoods(before, await rig.truth(), rig.viewer.pictures.slice(shownBefore - 1));
    if (wrong.length > 0) throw new Error(`The page said what was never true:\n${wrong.join("\n")}`);
    const errors = ownErrors(rig.shoal.log());
    if (errors.length > 0)
      throw new Error(`The server called it an error of its own:\n${errors.slice(0, 5).join("\n")}`);
    const faults = rig.engines.reduce((sum, { done }) => sum + done.length, 0);
    return { faults, happenings: happenings.story.length, pictures: rig.viewer.pictures.length };
  } catch (error) {
    throw new Error(`seed ${seed}, ${linked} of ${nodes} nodes linked: ${String(error)}`, { cause: error });
  } finally {
    await rig.close();
  }
}

function setFaulty({ engines }: Rig, faulty: boolean): void {
  for (const engine of engines) engine.setFaulty(faulty);
}
