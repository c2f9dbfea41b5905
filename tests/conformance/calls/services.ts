import type { Area, Subject } from "../subject.ts";

export const second = 1e9;

export function webSpec(
  name: string,
  more: Record<string, unknown> = {},
  replicas = 2,
): Record<string, unknown> {
  return {
    Name: name,
    Labels: { l: "1" },
    TaskTemplate: {
      ContainerSpec: { Image: "lab/web:1", Healthcheck: { Test: ["NONE"] } },
      RestartPolicy: { Delay: second / 2 },
    },
    Mode: { Replicated: { Replicas: replicas } },
    UpdateConfig: { Parallelism: 2, Monitor: second / 2 },
    RollbackConfig: { Parallelism: 2, Monitor: second / 2 },
    ...more,
  };
}

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into here and there, of any shape.
type Json = any;

const image = (spec: Json, name: string, env: string[] = []) => ({
  ...spec,
  TaskTemplate: {
    ...spec.TaskTemplate,
    ContainerSpec: { ...spec.TaskTemplate.ContainerSpec, Image: name, Env: env },
  },
});

async function settled(s: Subject, name: string, running: number) {
  return s.until(`${name} with ${running} tasks`, async () => {
    const tasks = await s.json("/tasks", {
      query: { filters: { service: [name], "desired-state": ["running"] } },
    });
    return (
      tasks.filter((task: Json) => task.Status.State === "running").length === running &&
      tasks.length === running &&
      tasks
    );
  });
}

/** Services: refusals, a whole life with its events, and the tasks of it. */
export const services: Area = async (s) => {
  await s.call("list of nothing", "GET", "/services");
  await s.call("list with an unknown filter", "GET", "/services", { query: { filters: { bogus: ["1"] } } });
  await s.call("list with bad filters", "GET", "/services", { query: { filters: "nonsense" } });
  await s.call("on a worker", "GET", "/services", { node: -1 });
  await s.call("no such service", "GET", "/services/nope");
  await s.call("remove no such service", "DELETE", "/services/nope");
  await s.call("change no such service", "POST", "/services/nope/update", {
    query: { version: 1 },
    body: webSpec("nope"),
  });
  await s.call("logs of no such service", "GET", "/services/nope/logs", { query: { stdout: 1 } });
  const create = (name: string, body: unknown) => s.call(name, "POST", "/services/create", { body });
  const base = webSpec("conf");
  await create("no name", { ...base, Name: "" });
  await create("a bad name", { ...base, Name: "a b" });
  await create("no image", { ...base, TaskTemplate: { ContainerSpec: {} } });
  await create("a bad image", image(base, "UPPER:1"));
  await create("nonsense", "{");
  await create("no such network", {
    ...base,
    TaskTemplate: { ...(base.TaskTemplate as object), Networks: [{ Target: "nope" }] },
  });
  await create("a bad constraint", {
    ...base,
    TaskTemplate: { ...(base.TaskTemplate as object), Placement: { Constraints: ["nonsense"] } },
  });
  await create("a port twice", {
    ...base,
    EndpointSpec: {
      Ports: [
        { Protocol: "tcp", TargetPort: 1, PublishedPort: 5 },
        { Protocol: "tcp", TargetPort: 2, PublishedPort: 5 },
      ],
    },
  });
  await create("no such secret", {
    ...base,
    TaskTemplate: {
      ContainerSpec: {
        Image: "lab/web:1",
        Secrets: [{ File: { Name: "f" }, SecretID: "nope", SecretName: "nope" }],
      },
    },
  });
  await create("a tiny limit of memory", {
    ...base,
    TaskTemplate: { ContainerSpec: { Image: "lab/web:1" }, Resources: { Limits: { MemoryBytes: 1 } } },
  });
  await create("a tiny limit of CPU", {
    ...base,
    TaskTemplate: { ContainerSpec: { Image: "lab/web:1" }, Resources: { Limits: { NanoCPUs: 1 } } },
  });
  await create("a bad restart condition", {
    ...base,
    TaskTemplate: { ContainerSpec: { Image: "lab/web:1" }, RestartPolicy: { Condition: "nope" } },
  });
  await create("a bad failure action", { ...base, UpdateConfig: { FailureAction: "nope" } });
  await create("a bad order", { ...base, UpdateConfig: { Order: "nope" } });
  await create("no such runtime", {
    ...base,
    TaskTemplate: { ...(base.TaskTemplate as object), Runtime: "nope" },
  });
  await create("a bad target of a mount", {
    ...base,
    Name: "conf-mount",
    TaskTemplate: {
      ContainerSpec: { Image: "lab/web:1", Mounts: [{ Type: "bind", Source: "/etc", Target: "" }] },
    },
  });
  for (const { ID } of await s.json("/services")) await s.ask("DELETE", `/services/${ID}`);
  let id = "";
  await s.events("create: events", { type: ["service"], about: "conf", last: "create" }, async () => {
    id = (await create("create", base)).ID;
  });
  await create("the same name again", base);
  const tasks = await settled(s, "conf", 2);
  await s.call("inspect", "GET", `/services/${id}`);
  await s.call("inspect by name", "GET", "/services/conf");
  await s.call("inspect by half an id", "GET", `/services/${id.slice(0, 9)}`);
  await s.call("inspect with defaults", "GET", `/services/${id}`, { query: { insertDefaults: true } });
  await s.call("list", "GET", "/services");
  await s.call("list with counts", "GET", "/services", { query: { status: true } });
  await s.call("list by label", "GET", "/services", { query: { filters: { label: ["l=1"] } } });
  await s.call("list by mode", "GET", "/services", { query: { filters: { mode: ["global"] } } });
  await s.call("list of tasks", "GET", "/tasks", { query: { filters: { service: ["conf"] } } });
  await s.call("list of tasks by node", "GET", "/tasks", {
    query: { filters: { node: [tasks[0].NodeID], "desired-state": ["running"] } },
  });
  await s.call("list of tasks of no such service", "GET", "/tasks", {
    query: { filters: { service: ["nope"] } },
  });
  await s.call("list of tasks of no such node", "GET", "/tasks", { query: { filters: { node: ["nope"] } } });
  await s.call("list of tasks with a bad state", "GET", "/tasks", {
    query: { filters: { "desired-state": ["nope"] } },
  });
  await s.call("list of tasks with an unknown filter", "GET", "/tasks", {
    query: { filters: { bogus: ["1"] } },
  });
  await s.call("inspect a task", "GET", `/tasks/${tasks[0].ID}`);
  await s.call("no such task", "GET", "/tasks/nope");
  const manager = tasks.find((task: Json) => task.NodeID) as Json;
  const where = await whereIs(s, manager.NodeID);
  await s.call(
    "the container of a task",
    "GET",
    `/containers/${manager.Status.ContainerStatus.ContainerID}/json`,
    { node: where },
  );
  await s.call("its row", "GET", "/containers/json", {
    node: where,
    query: { filters: { id: [manager.Status.ContainerStatus.ContainerID] } },
  });
  await s.until(
    "its lines",
    async () =>
      (await s.ask("GET", `/services/${id}/logs`, { query: { stdout: 1, stderr: 1, tail: 1 } })).text.length >
      0,
  );
  const logs = await s.ask("GET", `/services/${id}/logs`, {
    query: { stdout: 1, stderr: 1, tail: 1, timestamps: 1, details: 1 },
  });
  s.note("logs: frames", [
    logs.status,
    logs.type,
    /^\p{Cc}\0{6}[\s\S]\d{4}-\d\d-\d\dT\S+Z com\.docker\.swarm\.node\.id=\w+,com\.docker\.swarm\.service\.id=\w+,com\.docker\.swarm\.task\.id=\w+ /u.test(
      logs.text,
    ),
  ]);
  await s.call("logs without a stream", "GET", `/services/${id}/logs`);
  await s.call("logs of no such task", "GET", "/tasks/nope/logs", { query: { stdout: 1 } });
  const now = async () => s.json(`/services/${id}`);
  const change = async (name: string, spec: unknown, query: object = {}) => {
    const { Version } = await now();
    return s.call(name, "POST", `/services/${id}/update`, {
      query: { version: Version.Index, ...query },
      body: spec,
    });
  };
  const { Spec } = await now();
  await change("an old version", Spec, { version: 1 });
  await s.call("no version", "POST", `/services/${id}/update`, { body: Spec });
  await change("another name", { ...Spec, Name: "other" });
  await change("another mode", { ...Spec, Mode: { Global: {} } });
  await change("nonsense", "{");
  await change("roll back what was never changed", Spec, { rollback: "previous" });
  await change("roll back to nonsense", Spec, { rollback: "bogus" });
  await change("no such place for logins", Spec, { registryAuthFrom: "nope" });
  await s.events("scale: events", { type: ["service"], about: "conf", last: "update" }, () =>
    change("scale", { ...Spec, Mode: { Replicated: { Replicas: 3 } } }),
  );
  await settled(s, "conf", 3);
  await s.events("labels: events", { type: ["service"], about: "conf", last: "update" }, () =>
    change("labels", { ...Spec, Labels: {}, Mode: { Replicated: { Replicas: 2 } } }),
  );
  await settled(s, "conf", 2);
  await s.events("update: events", { type: ["service"], about: "conf", last: "update completed" }, () =>
    change("update", image(Spec, "lab/web:2")),
  );
  await s.call("inspect after an update", "GET", `/services/${id}`);
  s.note("status after an update", (await now()).UpdateStatus.Message);
  await settled(s, "conf", 2);
  await s.call("list of tasks after an update", "GET", "/tasks", {
    query: { filters: { service: ["conf"] } },
  });
  await s.events(
    "rollback: events",
    { type: ["service"], about: "conf", last: "update rollback_completed" },
    () => change("rollback", Spec, { rollback: "previous" }),
  );
  await s.call("inspect after a rollback", "GET", `/services/${id}`);
  s.note("status after a rollback", (await now()).UpdateStatus.Message);
  const broken = {
    ...image(Spec, "lab/web:2", ["CRASH_AFTER=0"]),
    UpdateConfig: { Parallelism: 1, Monitor: 3 * second, FailureAction: "pause" },
  };
  await s.events(
    "a failing update: events",
    { type: ["service"], about: "conf", last: "update paused" },
    () => change("a failing update", broken),
  );
  s.note("status after a failing update", (await now()).UpdateStatus.Message);
  await s.call("list of tasks after a failing update", "GET", "/tasks", {
    query: { filters: { service: ["conf"] } },
  });
  await s.events("force: events", { type: ["service"], about: "conf", last: "update completed" }, () =>
    change("force", { ...Spec, TaskTemplate: { ...Spec.TaskTemplate, ForceUpdate: 1 } }),
  );
  await s.events("remove: events", { type: ["service"], about: "conf", last: "remove" }, () =>
    s.call("remove", "DELETE", `/services/${id}`),
  );
  await s.call("gone", "GET", `/services/${id}`);
};

async function whereIs(s: Subject, nodeId: string): Promise<number> {
  for (const index of s.swarm.sockets.keys()) {
    if ((await s.json("/info", { node: index })).Swarm.NodeID === nodeId) return index;
  }
  return 0;
}
