import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LogBuffer } from "#lib/client/log-buffer.ts";
import { compareLines, type LogLine } from "#lib/shared/logs/log-line.ts";
import type { NodeView } from "#lib/shared/model/types.ts";
import { type EngineProxy, startEngineProxy } from "../lab/engine-proxy.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { followLog, type LogViewer } from "../lab/log-viewer.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { waitFor } from "../lab/wait.ts";
import { inspectService, list, refusal, runningTasks, untilRunning } from "./server-on-lab.ts";

let lab: Lab;
let proxy: EngineProxy;
let shoal: Shoal;
let headers: Record<string, string>;
const logStream = /\/(services|tasks)\/[^/]+\/logs\?.*follow=1/;
const viewers: LogViewer[] = [];

beforeAll(async () => {
  lab = await startLab({ name: "logs", nodes: 3, managers: 1 });
  proxy = await startEngineProxy(lab.socket("node1"));
  shoal = await startShoal({ engines: [proxy.host] });
  headers = { authorization: `Bearer ${await shoal.token("viewer")}` };
});
afterAll(async () => {
  for (const viewer of viewers) viewer.close();
  await shoal?.stop();
  proxy?.close();
  await lab?.down();
});

/** A service whose tasks run a shell script, without the image's health check. */
function talker(name: string, script: string, ...options: string[]): Promise<void> {
  const only = ["--no-healthcheck", "--stop-grace-period", "1s", ...options];
  return lab
    .docker(
      "node1",
      "service",
      "create",
      "--detach",
      "--quiet",
      "--name",
      name,
      ...only,
      "lab/web:1",
      "sh",
      "-c",
      script,
    )
    .then(() => undefined);
}
async function follow(service: string): Promise<LogViewer> {
  const { ID } = await inspectService(lab, service);
  const viewer = await followLog(shoal.url, headers, { kind: "service", id: ID });
  viewers.push(viewer);
  return viewer;
}
/** What the containers of a service have written, as their own engines tell it, by task. */
async function containersOwn(service: string): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const filter = ["--filter", `label=com.docker.swarm.service.name=${service}`];
  for (const node of lab.nodes) {
    const format = '{{.ID}} {{.Label "com.docker.swarm.task.id"}}';
    const rows = (await lab.docker(node, "ps", "--all", "--no-trunc", ...filter, "--format", format)).trim();
    for (const row of rows === "" ? [] : rows.split("\n")) {
      const [container = "", task = ""] = row.split(" ");
      found.set(task, (await lab.docker(node, "logs", container)).trimEnd().split("\n"));
    }
  }
  return found;
}
function byTask(lines: readonly LogLine[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { taskId, text } of lines) found.set(taskId, [...(found.get(taskId) ?? []), text]);
  return found;
}
const sorted = (lines: Map<string, string[]>) => [...lines].sort(([a], [b]) => a.localeCompare(b));

/** 340 lines a second at most, 89 times 34 and an end, each with its number. */
const burst = `i=0; sleep 3
while [ $i -lt 3000 ]; do n=0; while [ $n -lt 34 ]; do echo "line $i of $HOSTNAME, and some words to make it as long as lines are"; i=$((i+1)); n=$((n+1)); done; sleep 0.1; done
echo end; sleep 1000`;

describe("six tasks on three nodes that write 2,000 lines a second together", () => {
  let viewer: LogViewer;

  beforeAll(async () => {
    await talker("burst", burst, "--replicas", "6");
    await untilRunning(shoal, "burst", 6);
    viewer = await follow("burst");
    await waitFor(
      "the end of all six",
      () => {
        const ends = viewer.lines.filter((line) => line.text === "end").length;
        if (ends !== 6) throw new Error(`${ends} have ended, ${viewer.lines.length} lines`);
        return true;
      },
      { timeoutMs: 90_000 },
    );
  });

  test("every line comes once and in its task's order, as the containers' own logs have it", async () => {
    expect(viewer.missed()).toBe(0);
    const own = await containersOwn("burst");
    expect([...own.values()].map((lines) => lines.length)).toEqual(Array.from({ length: 6 }, () => 3_027));
    expect(sorted(byTask(viewer.lines))).toEqual(sorted(own));
  });

  test("a page has them in order of time", () => {
    const buffer = new LogBuffer();
    for (let i = 0; i < viewer.lines.length; i += 500) buffer.add(viewer.lines.slice(i, i + 500));
    const entries = buffer.all();
    expect(entries).toHaveLength(6 * 3_027);
    for (let i = 1; i < entries.length; i += 1) {
      const [before, after] = [entries[i - 1], entries[i]];
      if (before && after) expect(compareLines(before, after)).toBeLessThanOrEqual(0);
    }
    expect(sorted(byTask(entries.flatMap((entry) => (entry.kind === "line" ? [entry.line] : []))))).toEqual(
      sorted(byTask(viewer.lines)),
    );
  });

  test("slots and nodes of the tasks are told", async () => {
    await waitFor("the six tasks", () => viewer.tasks.size >= 6);
    expect([...viewer.tasks.values()].map((task) => task.slot).sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("who comes later gets what is there, over the same stream, which ends with the last reader", async () => {
    await waitFor("one stream", () => proxy.streams(logStream) === 1);
    const second = await follow("burst");
    await waitFor("all lines the follower holds", () => second.lines.length >= 10_000);
    expect(proxy.streams(logStream)).toBe(1);
    second.close();
    viewer.close();
    await waitFor("no stream", () => proxy.streams(logStream) === 0);
  });
});

describe("trouble while a log is followed", () => {
  const count = 'i=0; while :; do i=$((i+1)); echo "n $i"; sleep 0.1; done';

  beforeAll(async () => {
    await talker("count", count, "--replicas", "3", "--restart-delay", "1s");
    await untilRunning(shoal, "count", 3);
  });

  /** Numbers of each task, which must be 1, 2, 3, … without a gap or a repetition. */
  function expectWhole(viewer: LogViewer): void {
    expect(viewer.missed()).toBe(0);
    for (const [task, texts] of byTask(viewer.lines)) {
      const numbers = texts.map((text) => Number(text.slice(2)));
      const first = numbers[0] ?? 0;
      expect(numbers, task).toEqual(numbers.map((_, i) => first + i));
    }
  }

  test("a task that starts with more lines than a stream begins with is whole, too", async () => {
    await talker("starter", "seq 1 5000; sleep 1000", "--replicas", "1");
    await untilRunning(shoal, "starter", 1);
    const viewer = await follow("starter");
    await waitFor("the first task's last lines", () => viewer.lines.at(-1)?.text === "5000");
    await lab.docker("node1", "service", "scale", "--detach", "starter=3");
    await waitFor("all lines of the two new tasks", () => {
      const counts = [...byTask(viewer.lines).values()].map((texts) => texts.length);
      if (counts.filter((count) => count === 5_000).length < 2)
        throw new Error(`lines: ${counts.join(", ")}`);
      return true;
    });
    for (const texts of byTask(viewer.lines).values()) expect(new Set(texts).size).toBe(texts.length);
    viewer.close();
  });

  test("a stream that breaks is opened again: nothing is lost, nothing comes twice", async () => {
    const viewer = await follow("count");
    const reach = async (more: number) => {
      const goal = viewer.lines.length + more;
      await waitFor(`${more} more lines`, () => viewer.lines.length >= goal);
    };
    await reach(40);
    for (let time = 0; time < 3; time += 1) {
      proxy.cut(logStream);
      await waitFor("interrupted", () => viewer.states.at(-1)?.state === "interrupted");
      await waitFor("following again", () => viewer.states.at(-1)?.state === "following");
      await reach(60);
    }
    expectWhole(viewer);
    viewer.close();
  });

  test("a node that dies does not stop the others, and is not told twice when it is back", async () => {
    const viewer = await follow("count");
    await waitFor("lines of three tasks", () => byTask(viewer.lines).size >= 3);
    const victim = "node3";
    const tasks = await runningTasks(shoal, "count");
    const nodes = new Map((await list<NodeView>(shoal, "/nodes")).map((node) => [node.id, node.name]));
    expect(tasks.map((task) => nodes.get(task.nodeId ?? ""))).toContain(victim);
    await lab.kill(victim);
    const before = viewer.lines.length;
    await waitFor("the others go on", () => viewer.lines.length > before + 100);
    await waitFor("its task elsewhere writes too", () => byTask(viewer.lines).size >= 4, {
      timeoutMs: 60_000,
    });
    await lab.start(victim);
    await untilRunning(shoal, "count", 3, { timeoutMs: 60_000 });
    const then = viewer.lines.length;
    await waitFor("lines after it is back", () => viewer.lines.length > then + 200, { timeoutMs: 60_000 });
    expectWhole(viewer);
    expect(viewer.states.map((state) => state.state)).not.toContain("interrupted");
    viewer.close();
  });
});

describe("reading over HTTP", () => {
  const get = (path: string) => fetch(`${shoal.url}/api/v1/clusters/local${path}`, { headers });

  beforeAll(async () => {
    const label = ["--label", "com.docker.stack.namespace=talk"];
    const long = `head -c 1000000 /dev/zero | tr '\\0' x; echo; printf '\\033[31mred\\033[0m <b>bold</b>\\n'; echo bad >&2; sleep 1000`;
    await talker("talk_long", long, ...label);
    await talker("talk_two", "for i in 1 2 3; do echo two $i; sleep 0.2; done; sleep 1000", ...label);
    await waitFor("all lines", async () => {
      const text = await (await get("/stacks/talk/logs?names=0")).text();
      return text.includes("two 3") && text.includes("bad") && text.includes("red");
    });
  });

  test("a line of 1 MB is whole in the download, and cut for those who follow", async () => {
    const text = await (await get("/services/talk_long/logs?names=0")).text();
    expect(text.split("\n").map((line) => line.length)).toContain(1_000_000);
    const viewer = await follow("talk_long");
    await waitFor("the lines", () => viewer.lines.length >= 3);
    expect(viewer.lines.map((line) => [line.text.length, line.cut])).toContainEqual([32_768, 967_232]);
    viewer.close();
  });

  test("a stack is merged by time, with names, times and streams", async () => {
    const answer = await get("/stacks/talk/logs?tail=10&download=1");
    expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="talk-[\dT-]+\.log"$/);
    const rows = (await answer.text())
      .trimEnd()
      .split("\n")
      .filter((row) => !row.endsWith("xxx"));
    for (const row of rows)
      expect(row).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z talk_(long|two)\.1 node\d [-E] /);
    expect(rows).toEqual([...rows].sort());
    expect(rows.filter((row) => row.includes(" E "))).toHaveLength(1);
  });

  test("JSON has an object for each line; since, streams and tasks narrow it", async () => {
    const json = async (path: string) =>
      (await (await get(path)).text())
        .trimEnd()
        .split("\n")
        .map((row) => JSON.parse(row) as Record<string, unknown>);
    const lines = await json("/services/talk_two/logs?format=json&tail=2");
    expect(lines.map((line) => line.text)).toEqual(["two 2", "two 3"]);
    expect(lines[0]).toMatchObject({ task: "talk_two.1", stream: "stdout", cut: 0 });
    const errors = await json("/services/talk_long/logs?format=json&stdout=0");
    expect(errors.map((line) => line.text)).toEqual(["bad"]);
    const after = await json(`/tasks/${lines[0]?.taskId}/logs?format=json&since=${lines[1]?.time}`);
    expect(after.map((line) => line.text)).toEqual(["two 3"]);
  });

  test("what is not there and what makes no sense is said", async () => {
    expect((await refusal(shoal, "GET", "/services/nobody/logs")).code).toBe("not_found");
    expect((await refusal(shoal, "GET", "/tasks/nobody/logs")).code).toBe("not_found");
    expect((await refusal(shoal, "GET", "/stacks/nobody/logs")).code).toBe("not_found");
    for (const query of [
      "tail=0",
      "tail=1e9",
      "tail=-1",
      "since=yesterday",
      "stdout=2",
      "follow=1",
      "stdout=0&stderr=0",
    ]) {
      expect((await refusal(shoal, "GET", `/services/talk_two/logs?${query}`)).code, query).toBe(
        "invalid_input",
      );
    }
  });

  test("following what is gone ends, and says so", async () => {
    const viewer = await followLog(shoal.url, headers, { kind: "service", id: "nosuchservice" });
    viewers.push(viewer);
    await waitFor("the end", () => viewer.states.at(-1)?.state === "ended");
  });
});
