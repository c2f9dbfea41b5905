import { afterAll, beforeAll, expect, test } from "vitest";
import type { TaskLastLines } from "#lib/shared/api/last-lines.ts";
import type { TaskView } from "#lib/shared/model/types.ts";
import { inDatabase } from "../lab/data-dir.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { followLog } from "../lab/log-viewer.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { waitFor } from "../lab/wait.ts";
import { ask, createService, list, refusal, untilRunning } from "./server-on-lab.ts";

let lab: Lab;
let shoal: Shoal;
let headers: Record<string, string>;

beforeAll(async () => {
  lab = await startLab({ name: "last lines", nodes: 2, managers: 1 });
  shoal = await startShoal({ engines: [lab.host("node1"), lab.host("node2")] });
  headers = { authorization: `Bearer ${await shoal.token("viewer")}` };
  await waitFor("both nodes linked", async () => {
    const nodes = await list<{ linked: boolean }>(shoal, "/nodes");
    return nodes.length === 2 && nodes.every(({ linked }) => linked);
  });
});
afterAll(async () => {
  await shoal?.stop();
  await lab?.down();
});

const failedOf = async (service: string) =>
  (await list<TaskView>(shoal, `/tasks?service=${service}&history=1`)).filter(
    ({ state }) => state === "failed",
  );
const kept = (service: string) =>
  inDatabase(shoal.dataDir, (db) =>
    db
      .prepare(
        "SELECT task_id AS taskId, skipped, exit_code AS exitCode FROM last_lines WHERE service_name = ?",
      )
      .all(service),
  ) as { taskId: string; skipped: number; exitCode: number }[];
const text = (path: string) =>
  fetch(`${shoal.url}/api/v1/clusters/local${path}`, { headers }).then((answer) => answer.text());

test("what a task wrote before it failed is there when its container and its task are gone", async () => {
  const script =
    "i=0; while [ $i -lt 300 ]; do i=$((i+1)); echo step $i; done; sleep 0.2; echo the reason >&2; exit 9";
  const on = ["--constraint", "node.hostname==node2", "--no-healthcheck", "--restart-condition", "none"];
  await createService(lab, "breaks", ...on, "lab/web:1", "sh", "-c", script);
  const [row] = await waitFor("the kept lines", () => {
    const rows = kept("breaks");
    if (rows.length !== 1) throw new Error(shoal.log().slice(-1500));
    return rows;
  });
  const id = row?.taskId ?? "";
  await lab.docker("node1", "service", "rm", "breaks");
  await waitFor(
    "the container to be gone",
    async () => !(await lab.docker("node2", "ps", "--all", "--format", "{{.Names}}")).includes("breaks"),
  );
  const lines = await ask<TaskLastLines>(shoal, "GET", `/tasks/${id}/last-lines`);
  expect(lines).toMatchObject({
    serviceName: "breaks",
    nodeName: "node2",
    exitCode: 9,
    oomKilled: false,
    skipped: 0,
    dropped: 0,
  });
  expect(lines.lines).toHaveLength(200);
  const all = lines.lines.map((line) => line.text);
  expect(all).toContain("step 300");
  expect(lines.lines.find((line) => line.text === "the reason")?.stream).toBe("stderr");

  const log = await text(`/tasks/${id}/logs?names=0&tail=5`);
  expect(log).toContain("the reason");
  expect(log).toContain(
    "# The container is gone. These are the last lines before the task failed with exit 9",
  );
  const viewer = await followLog(shoal.url, headers, { kind: "task", id });
  await waitFor("the end of the log", () => viewer.states.at(-1)?.state === "ended");
  expect(viewer.states.at(-1)?.why).toContain("kept by Shoal");
  await waitFor("its lines", () => viewer.lines.length === 200);
  viewer.close();
});

test("out of memory is told apart", async () => {
  const eat = "echo eating; x=a; while :; do x=$x$x; done";
  const small = ["--limit-memory", "16M", "--no-healthcheck", "--restart-condition", "none"];
  await createService(lab, "hungry", ...small, "lab/web:1", "sh", "-c", eat);
  const [row] = await waitFor("the kept lines", () => {
    const rows = kept("hungry");
    return rows.length > 0 && rows;
  });
  // The engine may say so after it has said that the container ended.
  const lines = await waitFor("the reason", async () => {
    const told = await ask<TaskLastLines>(shoal, "GET", `/tasks/${row?.taskId}/last-lines`);
    return told.oomKilled && told;
  });
  expect(lines.exitCode).toBe(137);
  expect(lines.lines.map((line) => line.text)).toContain("eating");
});

test("a service that is scaled down or killed by hand leaves what is true", async () => {
  const stubborn = ["--no-healthcheck", "--stop-grace-period", "1s", "--replicas", "2"];
  await createService(
    lab,
    "calm",
    ...stubborn,
    "lab/web:1",
    "sh",
    "-c",
    "trap 'exit 3' TERM; echo up; while :; do sleep 0.2; done",
  );
  const tasks = await untilRunning(shoal, "calm", 2);
  const victim = tasks[0];
  const node = (await list<{ id: string; name: string }>(shoal, "/nodes")).find(
    ({ id }) => id === victim?.nodeId,
  );
  await lab.docker(node?.name ?? "", "kill", victim?.containerId ?? "");
  await waitFor("the lines of the killed one", () => kept("calm").length === 1);
  expect(kept("calm")[0]).toMatchObject({ taskId: victim?.id, exitCode: 137 });
  await untilRunning(shoal, "calm", 2);
  await lab.docker("node1", "service", "scale", "--detach", "calm=0");
  await untilRunning(shoal, "calm", 0);
  // The judgement about a stopped container takes 2 s.
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  expect(kept("calm")).toHaveLength(1);
  expect(await refusal(shoal, "GET", "/tasks/nosuchtask/last-lines")).toMatchObject({ code: "not_found" });
});

test("a crash loop costs little, and what was left out is counted", async () => {
  const fast = ["--no-healthcheck", "--restart-delay", "100ms", "--replicas", "6"];
  await createService(lab, "loop", ...fast, "lab/web:1", "sh", "-c", "echo again; exit 1");
  await waitFor("many failures", async () => (await failedOf("loop")).length > 12, { timeoutMs: 60_000 });
  expect(kept("loop").length).toBeLessThanOrEqual(8);
  await waitFor("a count of what was left out", () => kept("loop").some(({ skipped }) => skipped > 3), {
    timeoutMs: 60_000,
  });
  await lab.docker("node1", "service", "rm", "loop");
});

test("the log of any container is read and followed, also outside of services, terminal or not", async () => {
  const run = (name: string, ...args: string[]) =>
    lab.docker("node2", "run", "--detach", "--no-healthcheck", "--name", name, ...args);
  await run(
    "alone",
    "lab/web:1",
    "sh",
    "-c",
    "echo first; echo wrong >&2; i=0; while :; do i=$((i+1)); echo n$i; sleep 0.1; done",
  );
  await run("screen", "--tty", "lab/web:1", "sh", "-c", "echo on a terminal; sleep 1000");
  await waitFor("lines", async () => (await text("/containers/alone/logs")).includes("n3"));
  const read = await text("/containers/alone/logs?node=node2&tail=2000");
  expect(read).toMatch(/^\S+Z alone node2 - first$/m);
  expect(read).toMatch(/^\S+Z alone node2 E wrong$/m);
  expect(await text("/containers/alone/logs?names=0&stdout=0")).toBe("wrong\n");
  expect(await text("/containers/alone/logs?names=0&tail=1")).toMatch(/^n\d+\n$/);
  // Without its node, a container is found once the list of all knows it.
  await waitFor("both in the list", async () => {
    const names = (await list<{ name: string }>(shoal, "/containers")).map(({ name }) => name);
    return names.includes("screen") && names.includes("alone");
  });
  expect(await text("/containers/screen/logs?names=0")).toBe("on a terminal\n");
  expect(await text("/containers/nothere/logs")).toContain(
    "There is no container nothere on any node of this cluster.",
  );
  expect(await text("/containers/alone/logs?node=node1")).toContain("There is no container alone on node1.");

  const [first, second] = await Promise.all([
    followLog(shoal.url, headers, { kind: "container", id: "alone", node: "node2" }),
    followLog(shoal.url, headers, { kind: "container", id: "alone", node: "node2" }),
  ]);
  await waitFor("both to follow", () => [first, second].every(({ lines }) => lines.length > 20));
  const numbers = first.lines.map((line) => line.text).filter((line) => /^n\d+$/.test(line));
  expect(new Set(numbers).size).toBe(numbers.length);
  await waitFor("its name", () => first.tasks.get("alone")?.name === "alone");
  await lab.docker("node2", "stop", "--time", "0", "alone");
  await waitFor("the end", () => first.states.at(-1)?.state === "ended");
  first.close();
  second.close();
});
