import type { Area } from "../subject.ts";

const quiet = { Image: "lab/web:1", Healthcheck: { Test: ["NONE"] } };

/** Containers by hand: their whole life, and what may not be done when. */
export const containers: Area = async (s) => {
  await s.call("list of all", "GET", "/containers/json", { query: { all: true } });
  await s.call("list with an unknown filter", "GET", "/containers/json", {
    query: { filters: { bogus: ["1"] } },
  });
  await s.call("list with a bad status", "GET", "/containers/json", {
    query: { filters: { status: ["nope"] } },
  });
  await s.call("list with bad filters", "GET", "/containers/json", { query: { filters: "nonsense" } });
  for (const [verb, method, path] of [
    ["inspect", "GET", "json"], ["top", "GET", "top"], ["changes", "GET", "changes"], ["stats", "GET", "stats?stream=0"], ["logs", "GET", "logs?stdout=1"],
    ["start", "POST", "start"], ["stop", "POST", "stop"], ["restart", "POST", "restart"], ["kill", "POST", "kill"], ["pause", "POST", "pause"], ["unpause", "POST", "unpause"],
    ["rename", "POST", "rename?name=x"], ["resize", "POST", "resize?w=10&h=10"], ["archive", "GET", "archive?path=/"],
  ] as const) await s.call(`${verb} no such container`, method, `/containers/nope/${path}`); // biome-ignore format: a list
  await s.call("remove no such container", "DELETE", "/containers/nope");
  await s.call("exec in no such container", "POST", "/containers/nope/exec", { body: { Cmd: ["ls"] } });
  const create = (name: string, as: string, body: unknown) =>
    s.call(name, "POST", "/containers/create", { query: { name: as }, body });
  await create("create of an image that is not there", "conf_a", { Image: "nope/none:9" });
  await create("create without an image", "conf_a", {});
  await create("create with a bad name", "a b", quiet);
  await create("create with nonsense", "conf_a", "{");
  let id = "";
  await s.events("create: events", { type: ["container"], about: "conf_a", last: "create" }, async () => {
    id = (
      await create("create", "conf_a", {
        ...quiet,
        Env: ["A=1"],
        Labels: { l: "1" },
        OpenStdin: true,
        HostConfig: { Memory: 64 * 1024 * 1024, RestartPolicy: { Name: "on-failure", MaximumRetryCount: 2 } },
      })
    ).Id;
  });
  await create("the same name again", "conf_a", quiet);
  await create("a published port", "conf_p", {
    ...quiet,
    ExposedPorts: { "8080/tcp": {} },
    HostConfig: { PortBindings: { "8080/tcp": [{ HostPort: "18080" }] } },
  });
  const at = (verb: string, query?: Record<string, unknown>) =>
    s.call(verb, "POST", `/containers/${id}/${verb.split(":")[0]}`, query ? { query } : {});
  await s.call("inspect what was made", "GET", `/containers/${id}/json`);
  await s.call("list what was made", "GET", "/containers/json", {
    query: { all: true, filters: { id: [id] } },
  });
  await at("stop: what never ran");
  await at("kill: what never ran");
  await at("pause: what never ran");
  await at("unpause: what never ran");
  await s.call("top of what never ran", "GET", `/containers/${id}/top`);
  await s.call("exec in what never ran", "POST", `/containers/${id}/exec`, { body: { Cmd: ["ls"] } });
  await s.call("stats of what never ran", "GET", `/containers/${id}/stats`, {
    query: { stream: false, "one-shot": true },
  });
  await s.call("logs of what never ran", "GET", `/containers/${id}/logs`, { query: { stdout: 1 } });
  await s.events("start: events", { type: ["container"], about: "conf_a", last: "start" }, () => at("start"));
  await at("start: again");
  await s.call("inspect what runs", "GET", `/containers/${id}/json`);
  await s.call("list what runs", "GET", "/containers/json", { query: { filters: { name: ["conf_a"] } } });
  await s.call("list with sizes", "GET", "/containers/json", {
    query: { size: true, filters: { name: ["conf_a"] } },
  });
  await s.call("top", "GET", `/containers/${id}/top`);
  await s.call("changes", "GET", `/containers/${id}/changes`);
  await s.call("stats, once", "GET", `/containers/${id}/stats`, {
    query: { stream: false, "one-shot": true },
  });
  const stats = await s.ask("GET", `/containers/${id}/stats`, {
    query: { stream: true },
    until: (text) => text.split("\n").length > 2,
  });
  s.note("stats: a stream", [stats.status, stats.type, stats.text.split("\n").length > 2]);
  await s.until(
    "its first line",
    async () =>
      (await s.ask("GET", `/containers/${id}/logs`, { query: { stdout: 1, stderr: 1 } })).text.length > 0,
  );
  const logs = await s.ask("GET", `/containers/${id}/logs`, {
    query: { stdout: 1, stderr: 1, timestamps: 1, tail: 1 },
  });
  s.note("logs: frames", [
    logs.status,
    logs.type,
    /^\p{Cc}\0{6}[\s\S]\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z .*\n$/u.test(logs.text),
  ]);
  const followed = await s.ask("GET", `/containers/${id}/logs`, {
    query: { stdout: 1, follow: 1, tail: 0 },
    until: (text) => text.length > 0,
  });
  s.note("logs: followed", [followed.status, followed.type, followed.text.length > 0]);
  await s.call("logs without a stream", "GET", `/containers/${id}/logs`);
  await s.call("logs with a bad tail", "GET", `/containers/${id}/logs`, {
    query: { stdout: 1, since: "nope" },
  });
  const head = await s.ask("HEAD", `/containers/${id}/archive`, { query: { path: "/bin/sh" } });
  s.note("archive: a file that is there", [
    head.status,
    head.headers["x-docker-container-path-stat"] !== undefined,
  ]);
  const missing = await s.ask("HEAD", `/containers/${id}/archive`, { query: { path: "/bin/nope" } });
  s.note("archive: a file that is not there", [
    missing.status,
    missing.headers["x-docker-container-path-stat"] !== undefined,
  ]);
  await s.call("archive of a missing file", "GET", `/containers/${id}/archive`, {
    query: { path: "/bin/nope" },
  });
  await s.call("archive without a path", "GET", `/containers/${id}/archive`);
  await s.events("pause: events", { type: ["container"], about: "conf_a", last: "pause" }, () => at("pause"));
  await at("pause: again");
  await s.call("inspect what is paused", "GET", `/containers/${id}/json`);
  await s.call("list what is paused", "GET", "/containers/json", {
    query: { filters: { status: ["paused"] } },
  });
  await s.call("exec in what is paused", "POST", `/containers/${id}/exec`, { body: { Cmd: ["ls"] } });
  await s.events("unpause: events", { type: ["container"], about: "conf_a", last: "unpause" }, () =>
    at("unpause"),
  );
  await at("unpause: again");
  await s.events("rename: events", { type: ["container"], about: "conf_", last: "rename" }, () =>
    at("rename", { name: "conf_b" }),
  );
  await s.call("rename to nothing", "POST", `/containers/${id}/rename`, { query: { name: "" } });
  await s.call("rename to the same", "POST", `/containers/${id}/rename`, { query: { name: "conf_b" } });
  await s.call("rename to what another has", "POST", `/containers/${id}/rename`, {
    query: { name: "conf_p" },
  });
  await s.call("rename to nonsense", "POST", `/containers/${id}/rename`, { query: { name: "a b" } });
  await s.call("inspect by its new name", "GET", "/containers/conf_b/json");
  await at("kill: no such signal", { signal: "NOPE" });
  await s.call("remove what runs", "DELETE", `/containers/${id}`);
  await s.events("restart: events", { type: ["container"], about: "conf_b", last: "restart" }, () =>
    at("restart", { t: 1 }),
  );
  await s.events("stop: events", { type: ["container"], about: "conf_b", last: "stop" }, () =>
    at("stop", { t: 1 }),
  );
  await at("stop: again");
  await at("kill: what is stopped");
  await at("pause: what is stopped");
  await s.call("inspect what is stopped", "GET", `/containers/${id}/json`);
  await s.call("list what is stopped", "GET", "/containers/json", {
    query: { filters: { status: ["exited"] } },
  });
  await s.call("stats of what is stopped", "GET", `/containers/${id}/stats`, {
    query: { stream: false, "one-shot": true },
  });
  await s.call("top of what is stopped", "GET", `/containers/${id}/top`);
  await at("start");
  await s.events("kill: events", { type: ["container"], about: "conf_b", last: "die" }, () => at("kill"));
  const killed = await s.until("its end", async () => {
    const { State } = await s.json(`/containers/${id}/json`);
    return State.Running === false && State;
  });
  s.note("kill: what stays", [killed.Status, killed.ExitCode, killed.OOMKilled]);
  await s.events("remove: events", { type: ["container"], about: "conf_b", last: "destroy" }, () =>
    s.call("remove", "DELETE", `/containers/${id}`),
  );
  await s.call("gone", "GET", `/containers/${id}/json`);
  await s.call("prune with a bad filter", "POST", "/containers/prune", {
    query: { filters: { bogus: ["1"] } },
  });
  await s.call("prune", "POST", "/containers/prune");
  await s.call("prune of nothing", "POST", "/containers/prune");
  const sick = (
    await create("a health check", "conf_h", {
      Image: "lab/web:1",
      Healthcheck: { Test: ["CMD-SHELL", "exit 1"], Interval: 300_000_000, Retries: 1, StartPeriod: 0 },
      Env: ["FAIL=1"],
    })
  ).Id;
  await s.events(
    "a failing health check: events",
    { type: ["container"], about: "conf_h", last: "health_status: unhealthy", ignore: /^exec_/ },
    () => s.ask("POST", `/containers/${sick}/start`),
  );
  await s.call("inspect what is unhealthy", "GET", `/containers/${sick}/json`);
  await s.call("list what is unhealthy", "GET", "/containers/json", {
    query: { filters: { health: ["unhealthy"] } },
  });
  await s.call("remove by force", "DELETE", `/containers/${sick}`, { query: { force: true, v: true } });
};
