import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AgentList } from "#lib/shared/api/agent-types.ts";
import type { ListAnswer } from "#lib/shared/api/types.ts";
import type { NodeView, ServiceView } from "#lib/shared/model/types.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { buildImageOnAll, deployShoalStack, missingForImage, type ShoalStack } from "../lab/shoal-stack.ts";
import { waitFor } from "../lab/wait.ts";
import { firstAccount } from "./image-on-lab.ts";

const missing = await missingForImage();
const reason = missing === null ? "" : `, not tested: ${missing}`;

describe.skipIf(missing !== null)(`shoal-stack.yml${reason}`, () => {
  let lab: Lab;
  let stack: ShoalStack;
  let token: string;

  beforeAll(async () => {
    lab = await startLab({ name: "stack", nodes: 3, managers: 1 });
    await buildImageOnAll(lab);
    stack = await deployShoalStack(lab);
    token = await stack.shoal("token", "create", "--role", "admin", "--name", "test");
  }, 600_000);
  afterAll(() => lab?.down());

  async function ask<T>(path: string, method = "GET", body?: unknown): Promise<T> {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    const answer = await fetch(`${stack.url}/api/v1/clusters/local${path}`, init);
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }
  const untilConnected = () =>
    waitFor(
      "all nodes to be connected",
      async () => {
        const { items } = await ask<AgentList>("/agents");
        if (
          items.length === 3 &&
          items.every(({ status, engineError }) => status === "connected" && !engineError)
        )
          return items;
        throw new Error(
          JSON.stringify(items.map(({ nodeName, status, lastError }) => [nodeName, status, lastError])),
        );
      },
      { timeoutMs: 90_000, intervalMs: 500 },
    );

  test("server and agents come up, every node connects, and the first account is made with the code of the log", async () => {
    const items = await untilConnected();
    expect(items.map(({ nodeName, scope, version }) => [nodeName, scope, version])).toEqual(
      lab.nodes.map((name) => [name, "exec", items[0]?.version]),
    );
    await waitFor("every node to be linked", async () => {
      const { items: nodes } = await ask<ListAnswer<NodeView>>("/nodes");
      return nodes.length === 3 && nodes.every(({ linked }) => linked);
    });
    await waitFor("both services, one of them known as Shoal itself", async () => {
      const { items: services } = await ask<ListAnswer<ServiceView>>("/services");
      const found = services.map(({ name, isShoal }) => `${name} ${isShoal}`).sort();
      return found.includes("shoal_server true") && found.some((text) => text.startsWith("shoal_agent "));
    });
    await firstAccount(stack.url, await stack.setupCode(), "ann", "a password for the stack");
  });

  test("containers of agents are healthy, and small", async () => {
    for (const node of lab.nodes) {
      const filter = "label=com.docker.swarm.service.name=shoal_agent";
      const id = await lab.docker(node, "ps", "-q", "--filter", filter);
      await waitFor(`the agent on ${node} to be healthy`, async () => {
        const health = await lab.docker(node, "inspect", "--format", "{{.State.Health.Status}}", id);
        return health === "healthy";
      });
      const rss = await lab.docker(node, "exec", id, "sh", "-c", "grep VmRSS /proc/1/status");
      expect(Number(/\d+/.exec(rss)?.[0]) / 1024).toBeLessThan(100);
    }
  });

  test("the server's task is replaced: agents find the new one and come in by their own keys", async () => {
    const before = (await ask<AgentList>("/agents")).items.map(({ id }) => id);
    await lab.docker("node1", "service", "update", "--detach", "--force", "shoal_server");
    await waitFor(
      "the server to be away",
      async () => !(await fetch(`${stack.url}/api/health`).catch(() => null))?.ok,
    );
    await waitFor("the server to answer", async () => (await fetch(`${stack.url}/api/health`)).ok, {
      timeoutMs: 60_000,
    });
    const after = await untilConnected();
    expect(after.map(({ id }) => id)).toEqual(before);
  });
});
