import { expect, test } from "vitest";
import type { AgentRow } from "#lib/server/db/agents.ts";
import { aModel, aNode } from "#lib/shared/model/testing/build.ts";
import type { ClusterModel, LinkView } from "#lib/shared/model/types.ts";
import { agentItems } from "./agent-items.ts";
import { agentIdOf } from "./agents.ts";
import { someFacts } from "./testing/hello.ts";

const publicKey = "A".repeat(43);
const row: AgentRow = {
  publicKey,
  cluster: "local",
  nodeId: "engine-id-1",
  engineId: "engine-id-1",
  state: "accepted",
  firstSeenAt: 1,
  lastSeenAt: 2,
  facts: { ...someFacts, swarmNodeId: null, version: "1.1.0" },
  address: "10.0.0.9",
  lastError: null,
  lastErrorAt: null,
};
const link: LinkView = {
  id: agentIdOf(publicKey),
  target: "agent on swarm-1",
  ok: true,
  error: null,
  frozen: false,
  nodeId: null,
  nodeName: "swarm-1",
  isManager: false,
  engineVersion: null,
  apiVersion: null,
  lastOkAt: null,
};
const here = { row, connectedSince: 3, roundTripMs: 1.234, reconnects: 0 };
const withLinks = (model: ClusterModel, links: readonly LinkView[]): ClusterModel => ({
  ...model,
  info: { ...model.info, links },
});
const twoNodes = aModel({
  nodes: [aNode({ id: "n1", name: "swarm-1" }), aNode({ id: "n2", name: "swarm-2" })],
});

test("an engine that joined a swarm since its agent came in is that node, and has an agent", () => {
  const items = agentItems(withLinks(twoNodes, [{ ...link, nodeId: "n1" }]), [here], "1.1.0");
  expect(items.map(({ nodeName, status, inSwarm }) => [nodeName, status, inSwarm])).toEqual([
    ["swarm-1", "connected", true],
    ["swarm-2", "missing", true],
  ]);
});

test("an agent of an older version is let in, and marked", () => {
  const [item] = agentItems(withLinks(aModel({}), [link]), [here], "1.2.0");
  expect(item).toMatchObject({
    status: "connected",
    version: "1.1.0",
    isOtherVersion: true,
    roundTripMs: 1.2,
  });
});

test("a living agent with a silent engine is told apart from one that is away", () => {
  const alone = aModel({});
  const silent = { ...link, ok: false, error: "no answer within 5000 ms" };
  const [living] = agentItems(withLinks(alone, [silent]), [here], "1.1.0");
  expect(living).toMatchObject({ status: "connected", engineError: "no answer within 5000 ms" });
  const [away] = agentItems(withLinks(alone, [silent]), [{ ...here, connectedSince: null }], "1.1.0");
  expect(away).toMatchObject({ status: "offline", engineError: null });
});
