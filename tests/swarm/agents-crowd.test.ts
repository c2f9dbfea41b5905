import { afterAll, beforeAll, expect, test } from "vitest";
import type { ContainerView } from "#lib/shared/containers/types.ts";
import { type AgentCrowd, startAgentCrowd } from "../lab/agent-crowd.ts";
import { waitFor } from "../lab/wait.ts";
import { list } from "./server-on-lab.ts";

const count = 50;
let crowd: AgentCrowd;
beforeAll(async () => {
  crowd = await startAgentCrowd(count);
  await crowd.untilAllConnected();
}, 120_000);
afterAll(() => crowd?.stop());

/** Every node has told of its containers, and nothing is told twice. */
async function untilAllTold(): Promise<void> {
  await waitFor("the containers of every node", async () => {
    const rows = await list<ContainerView>(crowd.shoal, "/containers");
    const [nodes, ids] = [new Set(rows.map(({ nodeId }) => nodeId)), new Set(rows.map(({ id }) => id))];
    // One node of the simulated swarm is drained and has none.
    if (nodes.size < count - 1) throw new Error(`containers of ${nodes.size} nodes`);
    expect(ids.size).toBe(rows.length);
    return true;
  });
}

test("50 agents come back after the server was killed, each once, without a storm of tries", async () => {
  await untilAllTold();
  const before = new Map((await crowd.list()).map(({ nodeName, id }) => [nodeName, id]));
  expect(before.size).toBe(count);
  const failed = crowd.failures();
  await crowd.shoal.kill9();
  await crowd.shoal.restart();
  const after = await crowd.untilAllConnected();
  expect(new Map(after.map(({ nodeName, id }) => [nodeName, id]))).toEqual(before);
  // Each tries a few times while nobody listens, in growing pauses.
  expect(crowd.failures() - failed).toBeLessThanOrEqual(6 * count);
  await untilAllTold();
}, 120_000);
