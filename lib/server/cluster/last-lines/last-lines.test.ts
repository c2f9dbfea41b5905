import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lastLinesTable } from "#lib/server/db/last-lines.ts";
import { type Db, openDatabase } from "#lib/server/db/open.ts";
import type { DockerEvent } from "#lib/server/docker/wire.ts";
import { aModel } from "#lib/shared/model/testing/build.ts";
import { soon } from "#lib/shared/testing/soon.ts";
import type { Link } from "../link.ts";
import { createLastLines, type LastLines } from "./last-lines.ts";

/** A busy machine takes its time. */

let dataDir: string;
let db: Db;
let lastLines: LastLines;
/** Lets the engine answer what it was asked about the container. */
let answer: (state: object) => void;

const link = {
  engine: () => ({
    get: () =>
      new Promise((resolve) => {
        answer = (State) => resolve({ State, Config: { Tty: false } });
      }),
    stream: async function* () {},
  }),
  state: () => ({ facts: { swarm: { nodeId: "n1" } } }),
} as unknown as Link;

const hear = (Action: string, exitCode?: string) => {
  const labels = { "com.docker.swarm.task.id": "t1", "com.docker.swarm.service.id": "s1" };
  const Attributes = exitCode === undefined ? labels : { ...labels, exitCode };
  lastLines.heard(link, {
    Type: "container",
    Action,
    Actor: { ID: "c1", Attributes },
  } as unknown as DockerEvent);
};

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "shoal-last-lines-"));
  db = openDatabase(dataDir);
  lastLines = createLastLines({
    cluster: "local",
    table: lastLinesTable(db),
    manager: () => {
      throw new Error("nobody asks");
    },
    model: () => aModel({}),
    log: pino({ level: "silent" }),
  });
});
afterEach(() => {
  lastLines.stop();
  db.close();
  rmSync(dataDir, { recursive: true });
});

// Engine 20.10 under load sends `oom` after `die`, and its inspect may not know of it yet.
const orders = {
  "before its end": () => {
    hear("oom");
    hear("die", "137");
    answer({ ExitCode: 137, OOMKilled: false });
  },
  "while it is read": () => {
    hear("die", "137");
    hear("oom");
    answer({ ExitCode: 137, OOMKilled: false });
  },
  "by its state alone": () => {
    hear("die", "137");
    answer({ ExitCode: 137, OOMKilled: true });
  },
};
test.each(Object.entries(orders))("out of memory, told %s, is kept", async (_, tell) => {
  tell();
  await soon(() => expect(lastLines.of("t1")).not.toBeNull());
  expect(lastLines.of("t1")).toMatchObject({ exitCode: 137, oomKilled: true });
});

test("out of memory, told when all is kept, is added", async () => {
  hear("die", "137");
  answer({ ExitCode: 137, OOMKilled: false });
  await soon(() => expect(lastLines.of("t1")).toMatchObject({ oomKilled: false }));
  hear("oom");
  expect(lastLines.of("t1")).toMatchObject({ exitCode: 137, oomKilled: true });
});
