import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ListAnswer, WriteAnswer } from "#lib/shared/api/types.ts";
import type { ClusterInfo, NodeView, ServiceView } from "#lib/shared/model/types.ts";
import { type AgentsOnLab, startAgentsOnLab } from "../lab/agents-on-lab.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { waitFor } from "../lab/wait.ts";
import { ask, createService, untilRunning } from "./server-on-lab.ts";

let lab: Lab;
let here: AgentsOnLab;

beforeAll(async () => {
  lab = await startLab({ name: "agents", nodes: 5, managers: 3 });
  here = await startAgentsOnLab(lab);
  await createService(lab, "web", "--replicas", "5");
  await untilRunning(here.shoal, "web", 5);
});
afterAll(async () => {
  await here?.stop();
  await lab?.down();
});

const agentOf = (node: string) => {
  const agent = here.agents.get(node);
  if (!agent) throw new Error(`no agent on ${node}`);
  return agent;
};
const info = () => ask<ClusterInfo>(here.shoal, "GET", "");
const nodes = async () => (await ask<ListAnswer<NodeView>>(here.shoal, "GET", "/nodes")).items;
const linked = async () =>
  (await nodes())
    .filter((node) => node.linked)
    .map(({ name }) => name)
    .sort();

async function scale(replicas: number): Promise<void> {
  const { item } = await ask<WriteAnswer<ServiceView>>(here.shoal, "POST", "/services/web/scale", {
    replicas,
  });
  expect(item?.replicas).toBe(replicas);
}

test("every node reports in, and the server sees the whole cluster without a socket of its own", async () => {
  const items = await here.list();
  expect(items.map(({ nodeName, status, scope }) => [nodeName, status, scope])).toEqual(
    lab.nodes.map((name) => [name, "connected", "exec"]),
  );
  for (const item of items) {
    expect(item).toMatchObject({
      inSwarm: true,
      nodeState: "ready",
      bySocket: false,
      reconnects: 0,
      isOtherVersion: false,
    });
  }
  await waitFor("round-trip times", async () =>
    (await here.list()).every(({ roundTripMs }) => roundTripMs !== null),
  );
  expect(await linked()).toEqual(lab.nodes);
  expect(await info()).toMatchObject({ viaAgents: true, phase: "ready" });
  await waitFor("the counts", async () => {
    const { known, connected, waiting } = (await info()).agents;
    return known === 5 && connected === 5 && waiting === 0;
  });
  await scale(6);
  await untilRunning(here.shoal, "web", 6);
});

test("an agent of the scope read shows its node, and does nothing to it", async () => {
  const own = agentOf("node5");
  await own.kill9();
  const reader = here.add({ node: "node5", dataDir: own.dataDir, scope: "read" });
  await here.until("node5", { status: "connected", engineError: null, scope: "read" });
  await waitFor("node5 to be linked", async () => (await linked()).includes("node5"));
  const { items } = await ask<ListAnswer<{ id: string }>>(
    here.shoal,
    "GET",
    "/tasks?service=web&state=running&node=node5",
  );
  const answer = await here.shoal.api("POST", `/api/v1/clusters/local/tasks/${items[0]?.id}/kill`, {});
  expect(answer.status).toBe(422);
  expect(JSON.stringify(answer.body)).toContain("this agent's scope is read");
  await reader.stop();
  own.start();
  await here.until("node5", { status: "connected", engineError: null, scope: "exec" });
  await waitFor("node5 to be linked", async () => (await linked()).includes("node5"));
});

test("a task on a worker is killed through its agent", async () => {
  const { items } = await ask<ListAnswer<{ id: string; nodeId: string; state: string }>>(
    here.shoal,
    "GET",
    "/tasks?service=web&state=running&node=node5",
  );
  const task = items[0];
  expect(task).toBeDefined();
  await ask(here.shoal, "POST", `/tasks/${task?.id}/kill`, {});
  await waitFor("the task to be gone", async () => {
    const now = await ask<ListAnswer<{ id: string; state: string }>>(
      here.shoal,
      "GET",
      "/tasks?service=web&state=running",
    );
    return !now.items.some(({ id }) => id === task?.id);
  });
  await untilRunning(here.shoal, "web", 6);
});

describe("faults: told while they last, and over by themselves", () => {
  test("an agent is killed and started again", async () => {
    const { reconnects } = await here.until("node5", { status: "connected" });
    await agentOf("node5").kill9();
    const item = await here.until("node5", { status: "offline" });
    expect(item).toMatchObject({ nodeState: "ready", connectedSince: null });
    expect(item.lastError).toBeTruthy();
    await waitFor("node5 not to be linked", async () => !(await linked()).includes("node5"));
    agentOf("node5").start();
    const back = await here.until("node5", { status: "connected", engineError: null });
    expect(back.reconnects).toBe(reconnects + 1);
    await waitFor("node5 to be linked", async () => (await linked()).includes("node5"));
  });

  test("an agent stands still with its connection open", async () => {
    agentOf("node4").freeze();
    expect((await here.until("node4", { status: "offline" })).lastError).toContain("no answer for 8 s");
    agentOf("node4").thaw();
    await here.until("node4", { status: "connected", engineError: null });
  });

  test("an engine freezes behind a living agent: told apart from a dead node", async () => {
    await lab.freeze("node4");
    const item = await waitFor("the engine's silence to be told", async () => {
      const found = (await here.list()).find(({ nodeName }) => nodeName === "node4");
      return found?.engineError ? found : null;
    });
    expect(item.status).toBe("connected");
    const link = (await info()).links.find(({ nodeName }) => nodeName === "node4");
    expect(link).toMatchObject({ ok: false, frozen: true });
    // A server that starts meanwhile is told by the agent all the same.
    await here.shoal.restart();
    const again = await waitFor("the same from the new server", async () => {
      const found = (await here.list()).find(({ nodeName }) => nodeName === "node4");
      return found?.engineError ? found : null;
    });
    expect(again.status).toBe("connected");
    await lab.thaw("node4");
    await here.until("node4", { status: "connected", engineError: null });
  });

  test("a cable is cut and plugged in again", async () => {
    await lab.partition("node5");
    await here.until("node5", { status: "offline" });
    await here.until("node5", { nodeState: "down" });
    expect((await info()).phase).toBe("ready");
    await lab.heal("node5");
    await here.until("node5", { status: "connected", engineError: null, nodeState: "ready" });
  });

  test("a node loses power and comes back", async () => {
    await lab.kill("node5");
    await here.until("node5", { status: "offline" });
    await here.until("node5", { nodeState: "down" });
    await lab.start("node5");
    agentOf("node5").start();
    await here.until("node5", { status: "connected", engineError: null, nodeState: "ready" });
    await waitFor("node5 to be linked", async () => (await linked()).includes("node5"));
  });

  test("the leader dies: another manager is asked, and writes succeed", async () => {
    const leader = (await nodes()).find((node) => node.leader)?.name ?? "";
    await lab.kill(leader);
    await scale(4);
    await untilRunning(here.shoal, "web", 4);
    await waitFor("another leader", async () => {
      const now = (await nodes()).find((node) => node.leader)?.name;
      return now !== undefined && now !== leader;
    });
    await lab.start(leader);
    agentOf(leader).start();
    await here.untilAllConnected();
  });

  test("managers are demoted and promoted: calls go to those that are", async () => {
    const leader = (await nodes()).find((node) => node.leader)?.name ?? "";
    const others = lab.managers.filter((name) => name !== leader);
    await lab.docker(leader, "node", "demote", ...others);
    await waitFor("one manager in the picture", async () => {
      const managers = (await info()).links.filter(({ isManager }) => isManager);
      return managers.length === 1;
    });
    await scale(5);
    await untilRunning(here.shoal, "web", 5);
    // One after the other: two that join a swarm of one at the same time can keep each other from it for minutes.
    for (const [i, other] of others.entries()) {
      await lab.docker(leader, "node", "promote", other);
      await waitFor(`${2 + i} managers in the picture`, async () => {
        const { links } = await info();
        if (links.filter(({ isManager }) => isManager).length === 2 + i) return true;
        throw new Error(`${JSON.stringify(links)}\n${await lab.docker(leader, "node", "ls")}`);
      });
    }
  });

  test("all agents are restarted at once", async () => {
    await Promise.all([...here.agents.values()].map((agent) => agent.kill9()));
    await waitFor("all to be offline", async () => (await info()).agents.connected === 0);
    for (const agent of here.agents.values()) agent.start();
    await here.untilAllConnected();
  });

  test("the server loses power and starts again", async () => {
    await here.shoal.kill9();
    await here.shoal.restart();
    await here.untilAllConnected();
    await waitFor("a link to every node", async () => (await linked()).length === lab.nodes.length);
    await scale(3);
  });
});

describe("who may come in", () => {
  test("a second agent with another key of a node waits until a person lets it in", async () => {
    const second = here.add({ node: "node3" });
    const waiting = await here.until("node3", { status: "waiting" });
    await here.until("node3", { status: "connected" });
    await waitFor("the agent to say why", () => second.log().includes("known by another key"));
    await waitFor("the count of those that wait", async () => (await info()).agents.waiting === 1);
    await agentOf("node3").kill9();
    const path = `/agents/${waiting.id}/accept`;
    expect((await here.shoal.api("POST", `/api/v1/clusters/local${path}`, {})).status).toBe(200);
    await here.until("node3", { status: "connected", id: waiting.id });
    expect((await here.list()).filter(({ nodeName }) => nodeName === "node3")).toHaveLength(1);
  });

  test("an agent that is shut out is gone, says so on its node, and comes back when it is let in", async () => {
    const { id } = await here.until("node5", { status: "connected" });
    await ask(here.shoal, "POST", `/agents/${id}/revoke`, {});
    await here.until("node5", { status: "revoked" });
    await waitFor("the agent to say why", () =>
      agentOf("node5").log().includes("shut out by an administrator"),
    );
    await waitFor("no link", async () => !(await linked()).includes("node5"));
    await ask(here.shoal, "POST", `/agents/${id}/accept`, {});
    await here.until("node5", { status: "connected", engineError: null });
  });

  test("an agent with a wrong key is told why and leaves no trace", async () => {
    const stranger = here.add({ node: "node4", joinKey: "x".repeat(40) });
    await waitFor("the agent to say why", () => stranger.log().includes("does not know this join key"));
    expect((await here.list()).filter(({ nodeName }) => nodeName === "node4")).toHaveLength(1);
    expect(here.shoal.log()).not.toContain("x".repeat(40));
    expect(here.shoal.log()).not.toContain(here.joinKey);
    await stranger.stop();
  });
});
