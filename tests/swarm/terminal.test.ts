import { createHash, randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Problem } from "#lib/shared/errors.ts";
import { ticketFor } from "../lab/console.ts";
import { auditRows } from "../lab/data-dir.ts";
import type { Lab } from "../lab/lab.ts";
import type { Shoal } from "../lab/shoal.ts";
import { openSocket } from "../lab/viewer.ts";
import { waitFor } from "../lab/wait.ts";
import {
  type ConsoleLab,
  importShellLess,
  residentMb,
  runContainer,
  sh,
  startConsoleLab,
  untilLinked,
} from "./console-on-lab.ts";

let here: ConsoleLab;
let lab: Lab;
let shoal: Shoal;
let admin: string;

beforeAll(async () => {
  here = await startConsoleLab("terminal");
  ({ lab, shoal, admin } = here);
});
afterAll(() => here?.stop());
afterEach(() => here.closeAll());

const run = (...args: [name: string, node: string, ...command: string[]]) => runContainer(lab, ...args);
const top: ConsoleLab["top"] = (...args) => here.top(...args);
const open: ConsoleLab["open"] = (...args) => here.open(...args);
const ends = () => auditRows(shoal.dataDir).filter(({ action }) => action === "container.console.end");
const factsOf = (row: { facts: string | null } | undefined) => JSON.parse(row?.facts ?? "{}");

describe("a shell on another node", () => {
  test("is found, has a terminal of the right size, and tells its exit code", async () => {
    const box = await open("box");
    expect(box.ticket).toMatchObject({ command: ["/bin/ash"], node: { name: "node2" }, service: null });
    await box.until(/# /);
    box.resize(133, 37);
    await waitFor("the new size", async () => {
      box.type("stty size\r");
      await box.until(/37 133/, 700);
      return true;
    });
    box.type("echo $TERM-$((40+2)); exit 7\r");
    await box.until(/xterm-256color-42/);
    expect(await box.ended()).toMatchObject({ code: 7, reason: "exited" });
    const [row] = ends();
    expect(row).toMatchObject({ object: "container box", result: "ok" });
    expect(factsOf(row)).toMatchObject({ node: "node2", command: "/bin/ash", exitCode: 7, reason: "exited" });
    const opened = auditRows(shoal.dataDir).find(({ action }) => action === "container.console");
    expect(factsOf(opened)).toEqual({ node: "node2", kind: "exec", command: "/bin/ash" });
    expect(JSON.stringify(auditRows(shoal.dataDir))).not.toContain("stty");
  });

  test("runs as the user that is asked for; a program that is not there says so", async () => {
    const nobody = await open("box", { command: ["id", "-u"], user: "65534" });
    await nobody.until(/65534/);
    expect(await nobody.ended()).toMatchObject({ code: 0 });
    const missing = await open("box", { command: ["nosuch"] });
    expect((await missing.ended()).code).toBe(126);
    expect(missing.text()).toContain("nosuch");
  });

  test("an image without a shell is said to have none, with what can be typed instead", async () => {
    await importShellLess(lab, "node2", "lab/noshell:1");
    await lab.docker("node2", "run", "--detach", "--name", "bare", "lab/noshell:1");
    const refused = await ticketFor(shoal, "bare");
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({
      code: "no_shell",
      details: { program: "/busybox-tool sleep 100000" },
    });
    expect((refused.body as Problem).detail).toContain("/busybox-tool sleep 100000");
    const execs = await lab.docker("node2", "inspect", "--format", "{{json .ExecIDs}}", "bare");
    expect(execs.trim()).toBe("null");
    const typed = await open("bare", { command: ["/busybox-tool", "echo", "it works"] });
    await typed.until(/it works/);
    expect(await typed.ended()).toMatchObject({ code: 0 });
    const left = await open("bare", { command: ["/busybox-tool", "sleep", "4320"] });
    await waitFor("the process", async () => (await top("bare")).includes("4320"));
    left.link.close();
    await waitFor("its end", async () => !(await top("bare")).includes("4320"));
  });

  test("20 MB go in and come out unchanged", async () => {
    const sent = randomBytes(20 * 1024 * 1024);
    const got = createHash("sha256");
    const cat = await open("box", {
      command: ["cat"],
      tty: false,
      onBytes(bytes, done) {
        got.update(bytes);
        done();
      },
    });
    cat.link.write(sent);
    cat.link.end();
    expect(await cat.ended(90_000)).toMatchObject({ code: 0 });
    expect(cat.bytes()).toBe(sent.length);
    expect(got.digest("hex")).toBe(createHash("sha256").update(sent).digest("hex"));
  });
});

test("a flood into a tab that reads nothing does not fill the server, and others are served", async () => {
  const before = residentMb(shoal);
  const flood = await open("box", { command: ["yes", "a line that never ends"], onBytes: () => undefined });
  await waitFor("the flood", () => flood.bytes() > 150_000);
  const stalled = flood.bytes();
  for (let i = 0; i < 10; i += 1) {
    const other = await open("box", { command: sh(`echo round ${i}`) });
    await other.until(new RegExp(`round ${i}`));
    await other.ended();
  }
  expect(flood.bytes()).toBeLessThan(stalled + 512 * 1024);
  expect(residentMb(shoal) - before).toBeLessThan(60);
});

describe("a cut connection", () => {
  test("goes on where it was: nothing lost, nothing doubled, in either direction", async () => {
    const counter = await open("box", {
      command: sh("stty -echo; i=0; while [ $i -lt 4000 ]; do i=$((i+1)); echo n$i; done; cat"),
    });
    await counter.until(/n200\r/);
    for (let i = 0; i < 4; i += 1) {
      counter.offline();
      counter.type(`typed ${i}\r`);
      await new Promise((resolve) => setTimeout(resolve, 300));
      counter.backOnline();
      await waitFor("the console again", () => counter.state().state === "open");
    }
    await counter.until(/typed 3\r/, 30_000);
    const lines = counter.text().split("\r\n");
    const numbers = lines.filter((line) => /^n\d+$/.test(line));
    expect(numbers).toEqual(Array.from({ length: 4000 }, (_, index) => `n${index + 1}`));
    expect(lines.filter((line) => line.startsWith("typed"))).toEqual([
      "typed 0",
      "typed 1",
      "typed 2",
      "typed 3",
    ]);
    expect(counter.missed()).toBe(0);
  });

  test("only the same user comes back, and only with the secret of the tab", async () => {
    const mine = await open("box", { command: sh("echo ready; cat") });
    await mine.until(/ready/);
    const session = (mine.link as unknown as { session: { id: string; secret: string } }).session;
    const tryResume = async (token: string, secret: string) => {
      const socket = await openSocket(shoal.url, { authorization: `Bearer ${token}` }, "/ws/terminal");
      const frame = { type: "resume", session: session.id, secret, received: 0, cols: 80, rows: 24 };
      const answer = new Promise<string>((resolve) =>
        socket.once("message", (data) => resolve(String(data))),
      );
      socket.send(JSON.stringify(frame));
      const said = JSON.parse(await answer) as { type: string; code?: string };
      if (said.type === "opened") socket.send(JSON.stringify({ type: "end" }));
      return said;
    };
    const other = await shoal.token("admin", "somebody else");
    expect(await tryResume(other, session.secret)).toMatchObject({ type: "error", code: "not_found" });
    expect(await tryResume(admin, "x".repeat(43))).toMatchObject({ type: "error", code: "not_found" });
    expect(mine.state().state).toBe("open");
    expect(await tryResume(admin, session.secret)).toMatchObject({ type: "opened" });
    expect(await mine.ended()).toMatchObject({ reason: "replaced" });
  });

  test("a tab that does not come back leaves nothing behind, not even what ignores the hang-up", async () => {
    const stubborn = sh("trap '' HUP TERM INT; echo armed; sleep 4321 & while :; do sleep 4322; done");
    const tabs = await Promise.all([
      open("box", { command: stubborn }),
      open("box", { command: ["sh"] }),
      open("box", { command: ["sleep", "4323"], user: "65534" }),
      open("box", { command: ["sleep", "4324"], tty: false }),
    ]);
    await tabs[0]?.until(/armed/);
    await waitFor("all of them", async () => {
      const text = await top("box");
      return ["4321", "4322", "4323", "4324"].every((seconds) => text.includes(`sleep ${seconds}`));
    });
    for (const tab of tabs) tab.vanish();
    await waitFor(
      "nothing but the container's own",
      async () => {
        const text = await top("box");
        if (/432\d|\bsh\b/.test(text)) throw new Error(text);
        return true;
      },
      { timeoutMs: 60_000 },
    );
    await waitFor(
      "their audit rows",
      () => ends().filter((row) => factsOf(row).reason === "given_up").length >= 4,
    );
    expect(ends().some((row) => row.result === "failed")).toBe(false);
    // What has left the session on purpose, as a daemon does, stays.
    const daemon = await open("box", { command: sh("setsid sleep 4325 & sleep 1; echo started; cat") });
    await daemon.until(/started/);
    daemon.link.close();
    await waitFor("the end of cat", async () => !/\bcat\b/.test(await top("box")));
    expect(await top("box")).toContain("sleep 4325");
  });
});

describe("attach", () => {
  test("shows the container's own program, and leaving does not stop it", async () => {
    await lab.docker(
      "node1",
      "run",
      "--detach",
      "-it",
      "--no-healthcheck",
      "--name",
      "own",
      "lab/web:1",
      "sh",
    );
    const own = await open("own", { kind: "attach" });
    expect(own.ticket).toMatchObject({ kind: "attach", readOnly: false, tty: true, command: null });
    own.resize(99, 20);
    own.type("stty size; echo own-$((1+1))\r");
    await own.until(/own-2/);
    own.link.close();
    await waitFor("its audit row", () => ends().some((row) => factsOf(row).kind === "attach"));
    expect(await lab.docker("node1", "inspect", "--format", "{{.State.Running}}", "own")).toContain("true");
    const again = await open("own", { kind: "attach" });
    again.type("echo back-$((2+1)); exit 5\r");
    await again.until(/back-3/);
    expect(await again.ended()).toMatchObject({ reason: "container_stopped", code: 5 });
  });

  test("a container without input is only shown, frames and all", async () => {
    await run("talk", "node2", ...sh("while :; do echo out; echo err >&2; sleep 0.2; done"));
    const talk = await open("talk", { kind: "attach" });
    expect(talk.ticket).toMatchObject({ readOnly: true, tty: false });
    talk.type("ignored\r");
    await talk.until(/out\n(out\n)?err\n/);
    await lab.docker("node2", "rm", "-f", "talk");
    expect((await talk.ended()).reason).toMatch(/container_(stopped|removed)/);
  });
});

test("a container that is killed says so", async () => {
  await run("short", "node2", "sleep", "1000");
  const shell = await open("short");
  await shell.until(/# /);
  await lab.docker("node2", "kill", "short");
  expect(await shell.ended()).toMatchObject({ reason: "container_stopped" });
});

test("a node that freezes is lost, and what ran there is ended when it is back", async () => {
  const cold = await open("box", { command: sh("echo in; sleep 6543") });
  await cold.until(/in/);
  await lab.freeze("node2");
  expect(await cold.ended(40_000)).toMatchObject({ reason: "node_lost" });
  await lab.thaw("node2");
  await waitFor("the end of its process", async () => !(await top("box")).includes("6543"), {
    timeoutMs: 60_000,
  });
});

test("the end of the server ends the processes", async () => {
  const last = await open("box", { command: sh("trap '' HUP; echo in; sleep 7654") });
  await last.until(/in/);
  await shoal.restart();
  expect(await top("box")).not.toContain("7654");
  await untilLinked(shoal, "node2");
});

test("a node that dies takes its consoles with it", async () => {
  const gone = await open("box");
  await gone.until(/# /);
  await lab.kill("node2");
  expect(await gone.ended(40_000)).toMatchObject({ reason: "node_lost" });
});
