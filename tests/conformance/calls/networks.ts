import type { Area } from "../subject.ts";

/** Networks of the swarm and of one node. */
export const networks: Area = async (s) => {
  await s.call("list of a manager", "GET", "/networks");
  await s.call("list of a worker", "GET", "/networks", { node: -1 });
  await s.call("list by driver", "GET", "/networks", { query: { filters: { driver: ["overlay"] } } });
  await s.call("list by scope", "GET", "/networks", { query: { filters: { scope: ["swarm"] } } });
  await s.call("list by type", "GET", "/networks", { query: { filters: { type: ["builtin"] } } });
  await s.call("list with an unknown filter", "GET", "/networks", { query: { filters: { bogus: ["1"] } } });
  await s.call("no such network", "GET", "/networks/nope");
  await s.call("remove no such network", "DELETE", "/networks/nope");
  await s.call("inspect the ingress", "GET", "/networks/ingress");
  await s.call("inspect the bridge", "GET", "/networks/bridge");
  await s.call("remove the bridge", "DELETE", "/networks/bridge");
  const create = (name: string, body: unknown, node = 0) =>
    s.call(name, "POST", "/networks/create", { body, node });
  let made: { Id: string } = { Id: "" };
  await s.events("create: events", { type: ["network"], about: "conf_over", last: "update" }, async () => {
    made = await create("create an overlay", {
      Name: "conf_over",
      CheckDuplicate: true,
      Driver: "overlay",
      Attachable: true,
      Labels: { a: "1" },
      IPAM: { Driver: "default", Config: [{ Subnet: "10.77.0.0/24" }] },
    });
  });
  await create("the same name again", { Name: "conf_over", CheckDuplicate: true, Driver: "overlay" });
  await create("the same addresses again", {
    Name: "conf_same",
    Driver: "overlay",
    IPAM: { Config: [{ Subnet: "10.77.0.0/24" }] },
  });
  await create("a bad subnet", {
    Name: "conf_bad",
    Driver: "overlay",
    IPAM: { Config: [{ Subnet: "nope" }] },
  });
  await create("no name", { Name: "", Driver: "overlay" });
  await create("a bad name", { Name: "a b", Driver: "bridge" });
  await create("nonsense", "{");
  await create("an overlay on a worker", { Name: "conf_worker", Driver: "overlay" }, -1);
  await create("a second ingress", { Name: "conf_ingress", Driver: "overlay", Ingress: true });
  await s.call("inspect", "GET", `/networks/${made.Id}`);
  await s.call("inspect by name", "GET", "/networks/conf_over");
  await s.call("inspect by half an id", "GET", `/networks/${made.Id.slice(0, 8)}`);
  await s.call("inspect, verbose", "GET", `/networks/${made.Id}`, { query: { verbose: true } });
  let local: { Id: string } = { Id: "" };
  await s.events(
    "create a bridge: events",
    { type: ["network"], about: "conf_local", last: "create" },
    async () => {
      local = await create("create a bridge", { Name: "conf_local", Driver: "bridge" });
    },
  );
  await create("the same bridge again", { Name: "conf_local", CheckDuplicate: true, Driver: "bridge" });
  await s.call("inspect the new bridge", "GET", `/networks/${local.Id}`);
  const { Id: container } = JSON.parse(
    (
      await s.ask("POST", "/containers/create", {
        query: { name: "conf_joiner" },
        body: { Image: "lab/web:1" },
      })
    ).text,
  );
  await s.ask("POST", `/containers/${container}/start`);
  await s.events("connect: events", { type: ["network"], about: "conf_local", last: "connect" }, () =>
    s.call("connect", "POST", `/networks/${local.Id}/connect`, { body: { Container: container } }),
  );
  await s.call("connect again", "POST", `/networks/${local.Id}/connect`, { body: { Container: container } });
  await s.call("inspect with somebody on it", "GET", `/networks/${local.Id}`);
  await s.call("remove what is in use", "DELETE", `/networks/${local.Id}`);
  await s.call("connect nobody", "POST", `/networks/${local.Id}/connect`, { body: { Container: "nope" } });
  await s.call("connect to nothing", "POST", "/networks/nope/connect", { body: { Container: container } });
  await s.events("disconnect: events", { type: ["network"], about: "conf_local", last: "disconnect" }, () =>
    s.call("disconnect", "POST", `/networks/${local.Id}/disconnect`, { body: { Container: container } }),
  );
  await s.call("disconnect again", "POST", `/networks/${local.Id}/disconnect`, {
    body: { Container: container },
  });
  const service = JSON.parse(
    (
      await s.ask("POST", "/services/create", {
        body: {
          Name: "conf-net",
          TaskTemplate: { ContainerSpec: { Image: "lab/web:1" }, Networks: [{ Target: made.Id }] },
          Mode: { Replicated: { Replicas: 1 } },
        },
      })
    ).text,
  );
  await s.until("a task on the network", async () => {
    const tasks = await s.json("/tasks", { query: { filters: { service: ["conf-net"] } } });
    return tasks.some((task: { Status: { State: string } }) => task.Status.State === "running");
  });
  await s.call("remove an overlay in use", "DELETE", `/networks/${made.Id}`);
  await s.ask("DELETE", `/services/${service.ID}`);
  await s.ask("DELETE", `/containers/${container}`, { query: { force: true } });
  await s.call("remove the new bridge", "DELETE", `/networks/${local.Id}`);
  await s.events("remove: events", { type: ["network"], about: "conf_over", last: "remove" }, () =>
    s.until("an unused overlay", async () => (await s.ask("DELETE", `/networks/${made.Id}`)).status === 204),
  );
  await s.until("its end", async () => (await s.ask("GET", `/networks/${made.Id}`)).status === 404);
  await s.call("gone", "GET", `/networks/${made.Id}`);
  await s.until(
    "an empty node",
    async () => (await s.json("/containers/json", { query: { all: true } })).length === 0,
  );
  await s.call("prune", "POST", "/networks/prune");
};
