import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serviceRaw } from "#lib/server/cluster/actions/details.ts";
import { editService, previewService, serviceForm } from "#lib/server/cluster/services/edit-service.ts";
import type { WireTask } from "#lib/server/docker/wire.ts";
import { jsonAt, withJsonAt } from "#lib/shared/lossless-json.ts";
import type { ServiceEdit } from "#lib/shared/services/edit-schemas.ts";
import { serviceField } from "#lib/shared/services/fields.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { waitFor } from "../lab/wait.ts";
import { type LabContext, labContext, tester } from "./action-context.ts";
import { everyOption } from "./every-option.ts";

let lab: Lab;
let ctx: LabContext;
beforeAll(async () => {
  lab = await startLab({ name: "service edit", nodes: 3, managers: 1 });
  ctx = await labContext(lab);
});
afterAll(async () => {
  ctx?.close();
  await lab?.down();
});

/** No task of a service with this constraint ever starts. */
const nowhere = "node.role==nothing";
const operator = { ...tester, role: "operator" as const };
const container = ["TaskTemplate", "ContainerSpec"];

async function specOf(name: string): Promise<string> {
  return jsonAt(await serviceRaw(ctx, name), ["Spec"]) ?? "";
}

/** A service whose tasks do nothing for long, whatever a test gives them. */
async function create(name: string, ...options: string[]): Promise<void> {
  const quick = ["--update-monitor", "1s", "--stop-grace-period", "1s", "--no-resolve-image"];
  await lab.docker("node1", "service", "create", "--detach", "--quiet", "--name", name, ...quick, ...options);
  if (!options.includes(nowhere)) await settled(name);
}

async function tasksOf(name: string): Promise<readonly WireTask[]> {
  const filters = { service: [name], "desired-state": ["running"] };
  return ctx.manager().get<WireTask[]>("/tasks", { query: { filters } });
}

/** Waits until swarm has nothing left to do for a service, and answers the ids of the tasks that run. */
async function settled(name: string): Promise<readonly string[]> {
  return waitFor(
    `${name} to be settled`,
    async () => {
      const update = jsonAt(await serviceRaw(ctx, name), ["UpdateStatus", "State"]);
      const tasks = await tasksOf(name);
      const states = tasks.map((task) => task.Status?.State);
      if (update === '"updating"' || states.some((state) => state !== "running")) {
        throw new Error(`${update} ${states.join(" ")}`);
      }
      await ctx.refresh();
      return tasks.map((task) => task.ID ?? "").sort();
    },
    { timeoutMs: 60_000 },
  );
}

/** One change of each field, fit for the service that has every option. */
const changes: readonly ServiceEdit[] = [
  { field: "image", value: "lab/web:2" },
  { field: "replicas", value: 1 },
  { field: "command", value: ["/bin/busybox", "sh"] },
  { field: "args", value: ["-c", "while :; do sleep 2; done"] },
  { field: "workdir", value: "/tmp" },
  { field: "user", value: "1000" },
  { field: "groups", value: ["1002"] },
  { field: "hostname", value: "other" },
  { field: "init", value: false },
  { field: "tty", value: null },
  { field: "stopSignal", value: "SIGTERM" },
  { field: "stopGrace", value: 5_000_000_000 },
  { field: "env", value: ["A=value-of-a", "HTML=<i>", "NEW=1"] },
  { field: "limitCpu", value: 400_000_000 },
  { field: "limitMemory", value: 32 * 1024 ** 2 },
  { field: "limitPids", value: 50 },
  { field: "reserveCpu", value: 20_000_000 },
  { field: "reserveMemory", value: 4 * 1024 ** 2 },
  { field: "ulimits", value: [{ Name: "nofile", Soft: 500, Hard: 600 }] },
  { field: "labels", value: { l: "1", "9": "nine", "10": "eleven", new: "x" } },
  { field: "containerLabels", value: { c: "2" } },
  { field: "healthTest", value: ["CMD", "true"] },
  { field: "healthInterval", value: 3_000_000_000 },
  { field: "healthTimeout", value: 2_000_000_000 },
  { field: "healthRetries", value: 4 },
  { field: "healthStartPeriod", value: 2_000_000_000 },
  { field: "updateParallelism", value: 1 },
  { field: "updateDelay", value: 1_000_000_000 },
  { field: "updateOrder", value: "stop-first" },
  { field: "updateFailure", value: "pause" },
  { field: "updateMonitor", value: 6_000_000_000 },
  { field: "updateRatio", value: 0.2 },
  { field: "rollbackParallelism", value: 1 },
  { field: "rollbackDelay", value: 2_000_000_000 },
  { field: "rollbackOrder", value: "stop-first" },
  { field: "rollbackFailure", value: "pause" },
  { field: "rollbackMonitor", value: 7_000_000_000 },
  { field: "rollbackRatio", value: 0.5 },
  { field: "restartCondition", value: "any" },
  { field: "restartDelay", value: 4_000_000_000 },
  { field: "restartAttempts", value: 5 },
  { field: "restartWindow", value: 30_000_000_000 },
  { field: "constraints", value: ["node.platform.os==linux"] },
  { field: "preferences", value: [{ Spread: { SpreadDescriptor: "node.labels.rack" } }] },
  { field: "maxPerNode", value: 2 },
  { field: "ports", value: [{ Protocol: "tcp", TargetPort: 8080, PublishedPort: 18081, PublishMode: "host" }] },
  { field: "hosts", value: ["10.1.2.4 other"] },
  { field: "dnsServers", value: ["10.0.0.2"] },
  { field: "dnsSearch", value: ["example.com"] },
  { field: "dnsOptions", value: ["ndots:1"] },
  { field: "mounts", value: [{ Type: "tmpfs", Target: "/scratch" }] },
  { field: "secrets", value: [] },
  { field: "readOnly", value: null },
  { field: "capAdd", value: ["CAP_NET_RAW"] },
  { field: "capDrop", value: ["CAP_CHOWN"] },
  { field: "sysctls", value: { "net.ipv4.ip_unprivileged_port_start": "1" } },
  { field: "logDriver", value: "local" },
  { field: "logOptions", value: { "max-size": "2m" } },
  { field: "openStdin", value: true },
  { field: "reserveGeneric", value: [{ DiscreteResourceSpec: { Kind: "disk", Value: 0 } }] },
  { field: "configs", value: [] },
  { field: "networks", value: [] },
  { field: "endpointMode", value: "vip" },
]; // biome-ignore format: one line each

describe.each([
  ["the docker command", (name: string) => everyOption(lab, name)],
  ["a call of the API", (name: string) => copied(name)],
] as const)("a service with every option, made by %s", (how, make) => {
  const name = how === "the docker command" ? "golden-cli" : "golden-api";
  beforeAll(() => make(name));

  test.each(changes.map((edit) => [edit.field, edit] as const))(
    "keeps everything but %s",
    async (_, edit) => {
      const before = await specOf(name);
      await editService(ctx, tester, name, { edits: [edit], pin: false });
      const after = await specOf(name);
      const { path } = serviceField(edit.field);
      expect(jsonAt(after, path)).not.toBe(jsonAt(before, path));
      // Everything beside the field is the same text.
      expect(withoutField(after, path)).toBe(withoutField(before, path));
    },
  );
});

/** A field's place is made null, so that texts with and without it can be compared; null parents are kept. */
function withoutField(spec: string, path: readonly string[]): string {
  return withJsonAt(withJsonAt(spec, path, null), path, "null");
}

/** Makes a service from another's specification, with members that the engine does not know. */
async function copied(name: string): Promise<void> {
  await everyOption(lab, "golden-base");
  const spec = withJsonAt(await specOf("golden-base"), ["Name"], JSON.stringify(name));
  const ports = withJsonAt(spec, ["EndpointSpec", "Ports"], "null");
  const body = withJsonAt(ports, ["TaskTemplate", "ContainerSpec", "OfTomorrow"], '{"x":1}');
  await ctx.manager().send("POST", "/services/create", { body });
}

describe("what a change does", () => {
  beforeAll(() => create("plain", "--replicas", "3", "--update-parallelism", "2", "lab/web:1"));

  test.each<[string, ServiceEdit, RegExp]>([
    ["labels", { field: "labels", value: { x: "1" } }, /^Changes labels only: no task restarts\.$/],
    ["rules of updates", { field: "updateParallelism", value: 3 }, /^Changes only how updates go/],
    [
      "an image",
      { field: "image", value: "lab/web:2" },
      /^Replaces 3 tasks, all at once, stop-first; about \d+ s\.$/,
    ],
    ["a variable", { field: "env", value: ["X=1"] }, /^Replaces 3 tasks/],
    ["memory", { field: "limitMemory", value: 64 * 1024 ** 2 }, /^Replaces 3 tasks/],
    ["a container's label", { field: "containerLabels", value: { x: "1" } }, /^Replaces 3 tasks/],
    ["how tasks restart", { field: "restartAttempts", value: 3 }, /^Replaces 3 tasks/],
    [
      "a port",
      { field: "ports", value: [{ TargetPort: 8080, PublishedPort: 18090, PublishMode: "ingress" }] },
      /^Replaces 3/,
    ],
    [
      "a constraint all meet",
      { field: "constraints", value: ["node.platform.os==linux"] },
      /^No task restarts/,
    ],
    ["most per node", { field: "maxPerNode", value: 2 }, /^No task restarts/],
    [
      "a constraint that node3 does not meet",
      { field: "constraints", value: ["node.hostname!=node3"] },
      /^1 task runs where/,
    ],
    ["replicas", { field: "replicas", value: 2 }, /^Scales from 3 to 2/],
  ])("%s: what was said restarts, and nothing else", async (_, edit, words) => {
    const before = await settled("plain");
    const { effect } = await previewService(ctx, tester, "plain", { edits: [edit], pin: false });
    const { say } = await import("#lib/shared/i18n/phrase.ts");
    const { t } = await import("#lib/shared/i18n/translate.ts");
    expect(say(t, effect.words)).toMatch(words);
    await editService(ctx, tester, "plain", { edits: [edit], pin: false });
    const replaced = await waitFor(
      "the tasks that were named to be replaced",
      async () => {
        const now = await settled("plain");
        const gone = before.filter((id) => !now.includes(id));
        if (effect.kind !== "scales" && effect.tasks.length !== gone.length)
          throw new Error(`${gone.length} are gone`);
        return gone;
      },
      { timeoutMs: 60_000 },
    );
    if (effect.kind === "scales") expect(replaced).toHaveLength(1);
    else expect(replaced.sort()).toEqual([...effect.tasks].sort());
  });
});

test("a job runs again after any change, and the tasks of the turn before are ended", async () => {
  await lab.docker(
    "node1", "service", "create", "--detach", "--quiet", "--no-resolve-image", "--mode", "replicated-job",
    "--stop-grace-period", "1s", "--name", "job", "lab/web:1",
  ); // biome-ignore format: one command
  const tasks = () => ctx.manager().get<WireTask[]>("/tasks", { query: { filters: { service: ["job"] } } });
  const running = (but: string | undefined) =>
    waitFor("the job to run", async () => {
      const found = (await tasks()).filter(({ ID, Status }) => Status?.State === "running" && ID !== but);
      return found[0]?.ID;
    });
  const edits: ServiceEdit[] = [
    { field: "env", value: ["X=1"] },
    { field: "labels", value: { a: "1" } },
  ];
  let last = await running(undefined);
  for (const edit of edits) {
    await ctx.refresh();
    const { effect } = await previewService(ctx, tester, "job", { edits: [edit], pin: false });
    expect(effect).toMatchObject({ kind: "job", tasks: [last], words: { key: "edit.effect.job" } });
    await editService(ctx, tester, "job", { edits: [edit], pin: false });
    const next = await running(last);
    await waitFor("the task before to be over", async () => (await tasks()).every(({ ID }) => ID !== last));
    last = next;
  }
});

describe("two people", () => {
  beforeAll(() =>
    create("shared", "--label", "a=1", "--env", "SECRET=one", "--constraint", nowhere, "lab/web:1"),
  );

  test("change different fields, labels and variables", async () => {
    await editService(ctx, tester, "shared", {
      edits: [
        { field: "user", value: "1", before: null },
        { field: "labels", value: { a: "1", mine: "1" }, before: { a: "1" } },
        { field: "env", value: ["SECRET=one", "MINE=1"], before: ["SECRET=one"] },
      ],
    });
    await editService(ctx, tester, "shared", {
      edits: [
        { field: "workdir", value: "/tmp", before: null },
        { field: "labels", value: { a: "2" }, before: { a: "1" } },
        { field: "env", value: ["SECRET=two"], before: ["SECRET=one"] },
      ],
    });
    const spec = await specOf("shared");
    expect(jsonAt(spec, ["Labels"])).toBe('{"a":"2","mine":"1"}');
    expect(jsonAt(spec, [...container, "Env"])).toBe('["SECRET=two","MINE=1"]');
    expect(jsonAt(spec, [...container, "Dir"])).toBe('"/tmp"');
  });

  test("who change the same hear of each field, and nothing is changed", async () => {
    const before = await specOf("shared");
    const edits: ServiceEdit[] = [
      { field: "user", value: "2", before: null },
      { field: "labels", value: { a: "3" }, before: { a: "1" } },
      { field: "env", value: ["SECRET=three"], before: ["SECRET=one"] },
      { field: "tty", value: true, before: null },
    ];
    const failure = await editService(ctx, tester, "shared", { edits }).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: "conflict",
      details: {
        fields: [
          { field: "user", label: "User", before: null, theirs: "1", yours: "2" },
          { field: "labels", key: "a", before: "1", theirs: "2", yours: "3" },
          { field: "env", key: "SECRET", before: null, theirs: null, yours: null },
        ],
      },
    });
    expect(JSON.stringify(failure) + String(failure)).not.toMatch(/three|SECRET=/);
    expect(await specOf("shared")).toBe(before);
  });
});

describe("the form and the preview", () => {
  test("tell no value of the environment, nor of log options", async () => {
    await create(
      "quiet",
      "--env",
      "KEY=hunter2",
      "--log-driver",
      "json-file",
      "--log-opt",
      "tag=hunter3",
      "lab/web:1",
    );
    const form = await serviceForm(ctx, "quiet");
    expect(form.values).toMatchObject({ image: "lab/web:1", replicas: 1, stopGrace: 1_000_000_000 });
    expect(form.hidden).toEqual({ env: 1, logOptions: 1 });
    const edits: ServiceEdit[] = [{ field: "env", value: ["KEY=hunter4", "OTHER=hunter5"] }];
    const preview = await previewService(ctx, tester, "quiet", { edits });
    expect(JSON.stringify([form, preview])).not.toContain("hunter");
    expect(preview.diff.after).toContain("KEY=(hidden, another value)");
    expect(preview.changes).toMatchObject([
      { label: "Variables", added: ["OTHER"] },
      { label: "Variables", altered: ["KEY"] },
    ]);
  });
});

describe("the whole specification", () => {
  test("is changed member by member", async () => {
    const before = await specOf("quiet");
    const spec = JSON.stringify(JSON.parse(withJsonAt(before, ["Labels", "whole"], '"1"')), null, 2);
    await editService(ctx, tester, "quiet", { whole: { before, spec } });
    expect(await specOf("quiet")).toBe(withJsonAt(before, ["Labels", "whole"], '"1"'));
  });

  test("is refused when it is no JSON or says a thing twice", async () => {
    const before = await specOf("quiet");
    const edit = (spec: string) => editService(ctx, tester, "quiet", { whole: { before, spec } });
    await expect(edit('{"Name":"hunter6",}')).rejects.toMatchObject({
      message: expect.not.stringContaining("hunter"),
    });
    await expect(edit('{"Name":"a","Name":"b"}')).rejects.toMatchObject({ code: "invalid_input" });
  });
});

describe("a way to the host", () => {
  const bind = { Type: "bind", Source: "/etc", Target: "/host" };

  test("is not opened by an operator, and stays where an admin has opened it", async () => {
    await create("held", "--replicas", "0", "lab/web:1");
    const edits: ServiceEdit[] = [{ field: "mounts", value: [bind] }];
    const preview = await previewService(ctx, operator, "held", { edits });
    expect(preview.refusals).toEqual([
      "The mount of a path of the host, /etc → /host, needs the role admin.",
    ]);
    await expect(editService(ctx, operator, "held", { edits })).rejects.toMatchObject({ code: "forbidden" });
    await expect(
      editService(ctx, operator, "held", { edits: [{ field: "networks", value: [{ Target: "host" }] }] }),
    ).rejects.toMatchObject({ code: "forbidden" });
    await editService(ctx, tester, "held", { edits });
    await editService(ctx, operator, "held", { edits: [{ field: "image", value: "lab/web:2" }] });
    expect(jsonAt(await specOf("held"), [...container, "Image"])).toBe('"lab/web:2"');
    // What runs beside the way is what uses it.
    await expect(
      editService(ctx, operator, "held", { edits: [{ field: "user", value: "1" }] }),
    ).rejects.toMatchObject({ code: "forbidden", message: expect.stringContaining("(user)") });
  });
});

describe("an image", () => {
  test("keeps its tag where the registry does not answer, and the answer says so", async () => {
    const { warnings } = await editService(ctx, tester, "held", {
      edits: [{ field: "image", value: "lab/web" }],
    });
    expect(warnings[0]).toMatch(/^The registry of lab\/web:latest did not say which digest/);
    expect(jsonAt(await specOf("held"), [...container, "Image"])).toBe('"lab/web:latest"');
  });
});
