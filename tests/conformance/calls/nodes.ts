import type { Area, Subject } from "../subject.ts";

async function named(s: Subject, index: number) {
  const { Swarm } = await s.json("/info", { node: index });
  return s.json(`/nodes/${Swarm.NodeID}`);
}

/** Nodes: their lists, their changes, and what may not be done to them. */
export const nodes: Area = async (s) => {
  await s.call("list", "GET", "/nodes");
  await s.call("list of managers", "GET", "/nodes", { query: { filters: { role: ["manager"] } } });
  await s.call("list with an unknown filter", "GET", "/nodes", { query: { filters: { bogus: ["1"] } } });
  await s.call("list on a worker", "GET", "/nodes", { node: -1 });
  await s.call("no such node", "GET", "/nodes/nope");
  await s.call("remove no such node", "DELETE", "/nodes/nope");
  await s.call("change no such node", "POST", "/nodes/nope/update", {
    query: { version: 1 },
    body: { Role: "worker", Availability: "active" },
  });
  const manager = await named(s, 0);
  const worker = await named(s, 1);
  await s.call("inspect a worker", "GET", `/nodes/${worker.ID}`);
  await s.call("remove the manager", "DELETE", `/nodes/${manager.ID}`);
  await s.call("remove a worker that is there", "DELETE", `/nodes/${worker.ID}`);
  const change = (name: string, spec: object, version: number) =>
    s.call(name, "POST", `/nodes/${worker.ID}/update`, { query: { version }, body: spec });
  await change("an old version", worker.Spec, worker.Version.Index - 1);
  await s.call("no version", "POST", `/nodes/${worker.ID}/update`, { body: worker.Spec });
  await change("no such role", { ...worker.Spec, Role: "chief" }, worker.Version.Index);
  await change("no such availability", { ...worker.Spec, Availability: "maybe" }, worker.Version.Index);
  await s.call("nonsense", "POST", `/nodes/${worker.ID}/update`, {
    query: { version: worker.Version.Index },
    body: "{",
  });
  await s.call("demote the last manager", "POST", `/nodes/${manager.ID}/update`, {
    query: { version: manager.Version.Index },
    body: { ...manager.Spec, Role: "worker" },
  });
  const now = async () => s.json(`/nodes/${worker.ID}`);
  const labelled = { ...worker.Spec, Labels: { disk: "ssd" } };
  await s.events("labels: events", { type: ["node"], about: worker.ID, last: "update" }, () =>
    change("labels", labelled, worker.Version.Index),
  );
  const drained = { ...labelled, Availability: "drain" };
  const { Version: second } = await now();
  await s.events("drain: events", { type: ["node"], about: worker.ID, last: "update" }, () =>
    change("drain", drained, second.Index),
  );
  await change(
    "active again",
    { ...labelled, Availability: "active", Labels: {} },
    (await now()).Version.Index,
  );
  const promote = { ...worker.Spec, Role: "manager" };
  const { Version: third } = await now();
  await change("promote", promote, third.Index);
  const promoted = await s.until("the promoted manager", async () => {
    const node = await now();
    return node.ManagerStatus?.Reachability === "reachable" && node;
  });
  s.note("a promoted node", Object.keys(promoted.ManagerStatus).sort());
  await s.until("its answers", async () => (await s.ask("GET", "/nodes", { node: 1 })).status === 200);
  await s.call("asked at the new manager", "GET", `/nodes/${manager.ID}`, { node: 1 });
  await s.call("list of two managers", "GET", "/nodes");
  await s.call("remove the second manager", "DELETE", `/nodes/${worker.ID}`);
  await change("demote", { ...promote, Role: "worker" }, (await now()).Version.Index);
  // For a moment its engine says instead that it cannot reach its own swarm.
  await s.until("the worker", async () => {
    const { status, text } = await s.ask("GET", "/nodes", { node: 1 });
    return status === 503 && text.includes("not a swarm manager") && !(await now()).ManagerStatus;
  });
  await s.call("asked at a demoted manager", "GET", "/nodes", { node: 1 });
};

/** The power of a node is cut: last, because it stays away. */
export const lostNode: Area = async (s) => {
  const lost = await named(s, -1);
  await s.events("lost: events", { type: ["node"], about: lost.ID, last: "update", timeoutMs: 30_000 }, () =>
    s.swarm.killLast(),
  );
  const down = await s.until("the lost node to be down", async () => {
    const node = await s.json(`/nodes/${lost.ID}`);
    return node.Status.State === "down" && node;
  });
  s.note("its status", [down.Status.State, down.Status.Message]);
  await s.call("inspect what is down", "GET", `/nodes/${lost.ID}`);
  await s.events("removed: events", { type: ["node"], about: lost.ID, last: "remove" }, () =>
    s.call("remove what is down", "DELETE", `/nodes/${lost.ID}`),
  );
  await s.call("gone", "GET", `/nodes/${lost.ID}`);
};
