import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startLiveCluster } from "#lib/server/cluster/live-cluster.ts";
import { parseEngineAddress } from "#lib/server/config/engine-address.ts";
import { eventsTable } from "#lib/server/db/events.ts";
import { openDatabase } from "#lib/server/db/open.ts";
import { everyEvent } from "#lib/shared/events/filter.ts";
import { groupEvents } from "#lib/shared/events/group-events.ts";
import { groupWords } from "#lib/shared/events/group-words.ts";
import type { EventsFrame } from "#lib/shared/events/topic.ts";
import type { ClusterEvent, EventPage } from "#lib/shared/events/types.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { TaskView } from "#lib/shared/model/types.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { openSocket } from "../lab/viewer.ts";
import { waitFor } from "../lab/wait.ts";
import { ask, createService, runningTasks, untilRunning } from "./server-on-lab.ts";

let lab: Lab;
let shoal: Shoal;

beforeAll(async () => {
  lab = await startLab({ name: "events", nodes: 3, managers: 1 });
  shoal = await startShoal({ engines: [lab.host("node1"), lab.host("node2")] });
  await waitFor("the swarm to be watched", async () => (await kept("kind=cluster")).length > 0);
});
afterAll(async () => {
  await shoal?.stop();
  await lab?.down();
});

/** Kept events, oldest first. */
async function kept(query = ""): Promise<readonly ClusterEvent[]> {
  const page = await ask<EventPage>(shoal, "GET", `/events/history?limit=500&${query}`);
  return page.items.toReversed();
}

/** Waits for an event and answers it. */
function untilKept(what: string, query: string, holds: (event: ClusterEvent) => boolean = () => true) {
  return waitFor(
    what,
    async () => {
      const events = await kept(query);
      const found = events.find(holds);
      if (!found)
        throw new Error(
          events.map(({ kind, action, facts }) => `${kind} ${action} ${JSON.stringify(facts)}`).join("; "),
        );
      return found;
    },
    { timeoutMs: 60_000 },
  );
}

async function stories(query: string): Promise<readonly string[]> {
  return groupEvents(await kept(query)).map((group) =>
    say(t, groupWords(group).title).replaceAll(/[\u2068\u2069]/g, ""),
  );
}

test("what is done through Shoal carries who did it; what is done beside it does not", async () => {
  await createService(lab, "web", "--replicas", "1");
  await untilRunning(shoal, "web", 1);
  const created = await untilKept("the new service", "service=web&kind=service");
  expect(created).toMatchObject({
    action: "created",
    actor: null,
    facts: { image: "lab/web:1", replicas: 1 },
  });

  await ask(shoal, "POST", "/services/web/scale", { replicas: 3 });
  const mine = await untilKept(
    "my scale",
    "service=web",
    ({ action, facts }) => action === "scaled" && facts.to === 3,
  );
  expect(mine).toMatchObject({
    kind: "service",
    objectName: "web",
    actor: "token test",
    facts: { from: 1, to: 3 },
  });
  await untilRunning(shoal, "web", 3);
  await waitFor("the story", async () =>
    (await stories("service=web")).includes("Scaled web from 1 to 3: 2 tasks started"),
  );

  await lab.docker("node1", "service", "scale", "--detach", "web=2");
  const theirs = await untilKept(
    "their scale",
    "service=web",
    ({ action, facts }) => action === "scaled" && facts.to === 2,
  );
  expect(theirs.actor).toBeNull();
  await untilKept("the task that stops", "service=web&kind=task", ({ action }) => action === "shutdown");

  // Both do the same at nearly the same time: only what Shoal sent is somebody's.
  await ask(shoal, "POST", "/services/web/scale", { replicas: 4 });
  await untilKept(
    "my second scale",
    "service=web",
    ({ action, facts }) => action === "scaled" && facts.to === 4,
  );
  await lab.docker("node1", "service", "scale", "--detach", "web=1");
  const last = await untilKept(
    "their second scale",
    "service=web",
    ({ action, facts }) => action === "scaled" && facts.to === 1,
  );
  expect(last.actor).toBeNull();
  expect((await kept("service=web&text=token+test")).every(({ actor }) => actor === "token test")).toBe(true);
});

test("a restart, a failing task, secrets and networks are told, and no value of the environment", async () => {
  await createService(
    lab,
    "crash",
    "--env",
    "CRASH_AFTER=1",
    "--env",
    "PASSWORD=hunter2",
    "--restart-delay",
    "1s",
  );
  const failed = await untilKept(
    "a failure",
    "service=crash&severity=bad",
    ({ action }) => action === "failed",
  );
  expect(failed).toMatchObject({ kind: "task", facts: { exitCode: 1 }, objectName: "crash.1" });
  await lab.docker(
    "node1",
    "service",
    "update",
    "--detach",
    "--quiet",
    "--env-add",
    "PASSWORD=hunter3",
    "crash",
  );
  const changed = await untilKept(
    "the change",
    "service=crash&kind=service",
    ({ action }) => action === "updated",
  );
  expect(changed.facts).toEqual({ parts: "env" });
  await ask(shoal, "POST", "/services/crash/restart", {});
  expect(
    (await untilKept("the restart", "service=crash", ({ action }) => action === "restarted")).actor,
  ).toBe("token test");
  await lab.docker("node1", "service", "rm", "crash");
  expect(
    (await untilKept("the end", "service=crash", ({ action }) => action === "removed")).actor,
  ).toBeNull();

  await lab.docker("node1", "network", "create", "--driver", "overlay", "back");
  await untilKept(
    "the network",
    "kind=network",
    ({ action, objectName }) => action === "create" && objectName === "back",
  );
  expect(JSON.stringify(await kept())).not.toContain("hunter");
});

test("new events reach a page at once over its socket, and what it missed when it comes back", async () => {
  const token = await shoal.token("viewer", "events");
  const open = async (have?: number) => {
    const frames: EventsFrame[] = [];
    const socket = await openSocket(shoal.url, { authorization: `Bearer ${token}` });
    socket.on("message", (data) => {
      const frame = JSON.parse(String(data)) as EventsFrame;
      if (frame.type === "events") frames.push(frame);
    });
    socket.send(JSON.stringify({ type: "subscribe", sub: 7, topic: "events", cluster: "local", have }));
    return {
      frames,
      close: () => socket.close(),
      ids: () => frames.flatMap(({ events }) => events.map(({ id }) => id)),
    };
  };
  const first = await open();
  await ask(shoal, "POST", "/services/web/scale", { replicas: 2 });
  await waitFor("the event", () =>
    first.frames.some(({ sub, events }) => sub === 7 && events.some(({ action }) => action === "scaled")),
  );
  await untilRunning(shoal, "web", 2);
  const have = first.ids()[0] ?? 0;
  first.close();
  const second = await open(have);
  const expected = (await kept(`after=${have}`)).map(({ id }) => id);
  await waitFor("what was missed", () => second.ids().length >= expected.length);
  expect(second.ids().slice(0, expected.length)).toEqual(expected);
  second.close();
});

test("a power cut loses nothing that was written, and the time without Shoal is told", async () => {
  const before = await kept();
  expect(before.length).toBeGreaterThan(5);
  await shoal.kill9();
  await lab.docker("node1", "service", "scale", "--detach", "web=3");
  await shoal.restart();
  const again = await untilKept(
    "the new beginning",
    "kind=cluster",
    ({ action, id }) => action === "watching" && id > (before.at(-1)?.id ?? 0),
  );
  expect(again.facts.gapFrom).toBeLessThan(again.at);
  const after = await kept();
  expect(after.slice(0, before.length)).toEqual(before);
  // What happened meanwhile was not seen, and nothing is made up.
  expect(
    after.filter(({ action, facts }) => action === "scaled" && facts.to === 3 && facts.from === 2),
  ).toEqual([]);
});

test("a node that dies tells what is lost with it and where it starts again", async () => {
  await createService(lab, "spread", "--replicas", "3", "--constraint", "node.role==worker");
  await untilRunning(shoal, "spread", 3, { timeoutMs: 60_000 });
  const lost = (await runningTasks(shoal, "spread")).filter((task: TaskView) => task.nodeId !== null);
  expect(lost.length).toBe(3);
  await lab.kill("node3");
  await untilKept("the node", "kind=node&node=node3", ({ action }) => action === "down");
  await untilKept(
    "what is lost",
    "node=node3&kind=task",
    ({ action, serviceName }) => action === "lost" && serviceName === "spread",
  );
  await waitFor(
    "the story",
    async () => {
      const told = await stories("");
      const found = told.find((sentence) =>
        /^node3 went down: [1-9]\d* tasks? lost, [1-9]\d* started elsewhere$/.test(sentence),
      );
      if (!found) throw new Error(told.slice(0, 6).join("; "));
      return found;
    },
    { timeoutMs: 60_000 },
  );
  await lab.start("node3");
  await untilKept("its return", "kind=node&node=node3", ({ action }) => action === "ready");
});

test("keeping and reading events asks the engines for nothing", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "shoal-events-"));
  const db = openDatabase(dataDir);
  const live = startLiveCluster({
    id: "local",
    engines: [[parseEngineAddress(lab.host("node1"))]],
    certPath: null,
    colors: { list: () => [], put: () => undefined, removeUnseen: () => undefined },
    history: null,
    events: eventsTable(db),
    log: pino({ level: "silent" }),
  });
  try {
    await waitFor(
      "the picture",
      () => live.model().info.phase === "ready" && Object.keys(live.model().services).length > 0,
    );
    const callsIn = async (ms: number) => {
      const before = live.engineCalls();
      await new Promise((resolve) => setTimeout(resolve, ms));
      return live.engineCalls() - before;
    };
    const usual = await callsIn(3_000);
    const leave = Array.from({ length: 50 }, () => live.events.subscribe(() => undefined));
    for (let i = 0; i < 200; i += 1) live.events.list({ filter: { ...everyEvent, text: "web" }, limit: 100 });
    // Reconciling and pings fall into one time or the other; 50 readers and 200 reads would be many more.
    expect(await callsIn(3_000)).toBeLessThanOrEqual(usual + 20);
    for (const end of leave) end();
  } finally {
    await live.stop();
    db.close();
    rmSync(dataDir, { recursive: true });
  }
});
