import { join } from "node:path";
import type { Lab } from "./lab.ts";
import { waitFor } from "./wait.ts";

const FOLDER = join(import.meta.dirname, "sample");

/** The stacks of tests/lab/sample: healthy services, a global one, and one of each kind of trouble. */
const SAMPLE_STACKS = ["shop", "ops"] as const;

/** Deploys the sample stacks on a manager. Resolves when swarm has accepted them, not when their tasks run. */
export async function deploySampleStacks(lab: Lab, manager = "node1"): Promise<void> {
  for (const stack of SAMPLE_STACKS) {
    const file = join(FOLDER, `${stack}.yml`);
    // No registry is reachable, so there is no digest to resolve.
    // The networks of a stack that was just removed go later than its command ends; a deploy in between finds them gone.
    await waitFor(`${stack} to be taken`, () =>
      lab.docker(manager, "stack", "deploy", "--resolve-image", "never", "--compose-file", file, stack),
    );
  }
}

/** Removes the sample stacks again. */
export async function removeSampleStacks(lab: Lab, manager = "node1"): Promise<void> {
  await lab.docker(manager, "stack", "rm", ...SAMPLE_STACKS);
}
