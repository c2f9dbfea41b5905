import type { Area } from "../subject.ts";
import { second, webSpec } from "./services.ts";

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into here and there, of any shape.
type Json = any;

/** Tasks in every state that can be brought about, and services of every mode. */
export const tasks: Area = async (s) => {
  const create = (name: string, body: unknown) => s.call(name, "POST", "/services/create", { body });
  const texts = async (name: string, holds: (task: Json) => boolean) => {
    const found = await s.until(name, async () =>
      (await s.json("/tasks", { query: { filters: { service: [name] } } })).find(holds),
    );
    const { State, Err = null, Message } = found.Status;
    s.note(`${name}: its status`, { State, Err, Message, DesiredState: found.DesiredState });
    await s.call(`${name}: inspect`, "GET", `/tasks/${found.ID}`);
    return found;
  };
  // An ended task is told to stop in the moment in which its successor is made, which is a little later.
  const ended = (state: string) => (task: Json) =>
    task.Status.State === state && task.DesiredState === "shutdown";
  const template = (more: object) => ({
    TaskTemplate: {
      ContainerSpec: { Image: "lab/web:1", Healthcheck: { Test: ["NONE"] }, ...more },
      RestartPolicy: { Delay: 30 * second },
    },
  });
  await create("nowhere to go", {
    ...webSpec("conf-pending", {}, 1),
    TaskTemplate: {
      ContainerSpec: { Image: "lab/web:1" },
      Placement: { Constraints: ["node.labels.none==1"] },
    },
  });
  await create("too large", {
    ...webSpec("conf-large", {}, 1),
    TaskTemplate: { ContainerSpec: { Image: "lab/web:1" }, Resources: { Reservations: { NanoCPUs: 512e9 } } },
  });
  await create("no such image", {
    ...webSpec("conf-rejected", {}, 1),
    TaskTemplate: { ContainerSpec: { Image: "nope/none:9" }, RestartPolicy: { Condition: "none" } },
  });
  await create("it ends", webSpec("conf-complete", template({ Command: ["true"] }), 1));
  await create("it fails", webSpec("conf-failed", template({ Command: ["false"] }), 1));
  await create("no such program", webSpec("conf-nosuch", template({ Command: ["nosuch"] }), 1));
  await create("global", { ...webSpec("conf-global"), Mode: { Global: {} } });
  await create("a job", {
    Name: "conf-job",
    ...template({ Command: ["true"] }),
    Mode: { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 2 } },
  });
  await create("a health check", {
    Name: "conf-health",
    TaskTemplate: {
      ContainerSpec: {
        Image: "lab/web:1",
        Healthcheck: { Test: ["CMD-SHELL", "exit 0"], Interval: second / 2 },
      },
    },
    Mode: { Replicated: { Replicas: 1 } },
  });
  await create("a published port", {
    ...webSpec("conf-host", {}, 1),
    EndpointSpec: {
      Ports: [{ Protocol: "tcp", TargetPort: 8080, PublishedPort: 18090, PublishMode: "host" }],
    },
  });
  await create("an ingress port", {
    ...webSpec("conf-ingress", {}, 0),
    EndpointSpec: { Ports: [{ Protocol: "tcp", TargetPort: 8080, PublishedPort: 18091 }] },
  });
  await create("the same ingress port", {
    ...webSpec("conf-ingress2", {}, 0),
    EndpointSpec: { Ports: [{ Protocol: "tcp", TargetPort: 8080, PublishedPort: 18091 }] },
  });
  await texts("conf-pending", (task) => task.Status.Err);
  await texts("conf-large", (task) => task.Status.Err);
  await texts("conf-rejected", ended("rejected"));
  await texts("conf-complete", ended("complete"));
  await texts("conf-failed", ended("failed"));
  await texts("conf-nosuch", ended("failed"));
  await texts("conf-global", (task) => task.Status.State === "running");
  await texts("conf-job", (task) => task.Status.State === "complete");
  await texts("conf-health", (task) => task.Status.State === "running");
  await texts("conf-host", (task) => task.Status.State === "running");
  await s.until("the job's end", async () => {
    const [job] = await s.json("/services", { query: { status: true, filters: { name: ["conf-job"] } } });
    return job.ServiceStatus.CompletedTasks === 2;
  });
  for (const name of ["conf-job", "conf-global", "conf-host", "conf-ingress"]) {
    await s.call(`${name}: the service`, "GET", `/services/${name}`);
    await s.call(`${name}: its counts`, "GET", "/services", {
      query: { status: true, filters: { name: [name] } },
    });
  }
  const counts = (await s.json("/services", { query: { status: true } })).map((each: Json) => [
    each.Spec.Name,
    each.ServiceStatus,
  ]);
  s.note(
    "counts",
    counts
      .filter(([name]: [string]) => /^conf-(job|global|pending|host|complete)$/.test(name))
      .sort((a: [string], b: [string]) => a[0].localeCompare(b[0])),
  );
  await s.call("killed: before", "GET", "/tasks", {
    query: { filters: { service: ["conf-global"], "desired-state": ["running"] } },
  });
  for (const { Spec } of await s.json("/services")) await s.ask("DELETE", `/services/${Spec.Name}`);
};
