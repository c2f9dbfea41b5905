import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serviceRaw } from "#lib/server/cluster/actions/details.ts";
import { editService, previewService, serviceForm } from "#lib/server/cluster/services/edit-service.ts";
import type { WireTask } from "#lib/server/docker/wire.ts";
import { jsonAt, withJsonAt } from "#lib/shared/lossless-json.ts";
import type { ServiceEdit } from "#lib/shared/services/edit-schemas.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { waitFor } from "../lab/wait.ts";
import { type LabContext, labContext, tester } from "./action-context.ts";

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
        // Between the change and swarm's first step nothing is to be done either.
        const wanted = effect.kind === "scales" ? 1 : effect.tasks.length;
        if (gone.length !== wanted) throw new Error(`${gone.length} are gone`);
        return gone;
      },
      { timeoutMs: 60_000 },
    );
    if (effect.kind !== "scales") expect(replaced.sort()).toEqual([...effect.tasks].sort());
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
    // Where an admin has said so, operators may as well.
    const loose = { ...ctx, operatorHostAccess: true };
    expect((await previewService(loose, operator, "held", { edits })).refusals).toEqual([]);
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
