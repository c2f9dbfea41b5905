import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { command } from "../lab/command.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { findResidue } from "../lab/residue.ts";
import { waitFor } from "../lab/wait.ts";

/** The state of a node as a manager sees it: "Ready", "Down", "Unknown". */
function stateOf(lab: Lab, node: string, from = "node1"): Promise<string> {
  return lab.docker(from, "node", "inspect", node, "--format", "{{.Status.State}}");
}

function waitForState(lab: Lab, node: string, state: string): Promise<boolean> {
  return waitFor(
    `${node} to be ${state}`,
    async () => {
      const seen = await stateOf(lab, node);
      if (seen !== state) throw new Error(`it is ${seen}`);
      return true;
    },
    { timeoutMs: 60_000, intervalMs: 300 },
  );
}

describe("a lab of one manager and two workers", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab({ name: "lab test", nodes: 3, managers: 1 });
  });
  afterAll(() => lab?.down());

  test("is a swarm whose nodes are ready", async () => {
    const rows = await lab.docker(
      "node1",
      "node",
      "ls",
      "--format",
      "{{.Hostname}} {{.Status}} {{.ManagerStatus}}",
    );
    expect(rows.split("\n").map((row) => row.trim())).toEqual([
      "node1 Ready Leader",
      "node2 Ready",
      "node3 Ready",
    ]);
  });

  test("runs a service with the image that was made here", async () => {
    await lab.docker(
      "node1",
      "service",
      "create",
      "--quiet",
      "--detach",
      "--name",
      "web",
      "--replicas",
      "3",
      "lab/web:1",
    );
    const hosts = await waitFor("three running tasks", async () => {
      const rows = await lab.docker(
        "node1",
        "service",
        "ps",
        "web",
        "--format",
        "{{.Node}} {{.CurrentState}}",
      );
      const running = rows.split("\n").filter((row) => row.includes(" Running "));
      if (running.length !== 3) throw new Error(rows);
      return running.map((row) => row.split(" ")[0]);
    });
    expect(hosts.sort()).toEqual(["node1", "node2", "node3"]);
    await lab.docker("node1", "service", "rm", "web");
  });

  // One after the other would wait for three heartbeat time-outs of about 15 s each.
  test("a killed and a cut node are seen as down, and come back", async () => {
    await Promise.all([lab.kill("node2"), lab.partition("node3")]);
    await expect(lab.docker("node2", "ps")).rejects.toThrow("Cannot connect to the Docker daemon");
    expect(await lab.docker("node3", "info", "--format", "{{.Name}}")).toBe("node3");
    await Promise.all([waitForState(lab, "node2", "down"), waitForState(lab, "node3", "down")]);
    await Promise.all([lab.start("node2"), lab.heal("node3")]);
    await Promise.all([waitForState(lab, "node2", "ready"), waitForState(lab, "node3", "ready")]);
  });

  test("a frozen and a stopped node are seen as down, and come back", async () => {
    await Promise.all([lab.freeze("node2"), lab.stop("node3")]);
    const silent = command("docker", ["-H", lab.host("node2"), "ps"], { timeoutMs: 1_000 });
    await expect(silent).rejects.toThrow("took longer than 1000 ms");
    await Promise.all([waitForState(lab, "node2", "down"), waitForState(lab, "node3", "down")]);
    await Promise.all([lab.thaw("node2"), lab.start("node3")]);
    await Promise.all([waitForState(lab, "node2", "ready"), waitForState(lab, "node3", "ready")]);
  });

  test("says which nodes there are when asked for another", async () => {
    await expect(lab.kill("node9")).rejects.toThrow("no node 'node9' here; there are: node1 node2 node3");
  });

  test("another lab runs beside it, and down leaves nothing of it, frozen or not", async () => {
    const other = await startLab({ name: "lab beside", nodes: 2, managers: 2 });
    try {
      expect(other.net).not.toBe(lab.net);
      await other.docker(
        "node1",
        "service",
        "create",
        "--quiet",
        "--detach",
        "--mode",
        "global",
        "lab/web:1",
      );
      await waitFor("a container", () => other.docker("node2", "ps", "--quiet"));
      await other.freeze("node2");
      const held = (await findResidue(other, "lab beside")).map((entry) => entry.split(" ")[0]);
      expect(new Set(held)).toEqual(new Set(["netns", "link", "cgroup", "process", "directory"]));
    } finally {
      await other.down();
    }
    expect(await findResidue(other, "lab beside")).toEqual([]);
    expect(await stateOf(lab, "node2")).toBe("ready");
  });
});

test("a lab of a killed run is removed by the next start", async () => {
  const code = `import { startLab } from ${JSON.stringify(join(import.meta.dirname, "../lab/lab.ts"))};
    const { dir, net, bridge } = await startLab({ name: "doomed", nodes: 1, managers: 1 });
    console.log(JSON.stringify({ dir, net, bridge }));
    setInterval(() => {}, 1000);`;
  const run = spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(run.stdout, "data");
  const doomed = JSON.parse(String(line));
  run.kill("SIGKILL");
  await once(run, "exit");
  expect(await findResidue(doomed, "doomed")).toContain(`directory ${doomed.dir}`);

  const next = await startLab({ name: "next", nodes: 1, managers: 1 });
  try {
    // The next lab may have got the same slot: its engine is then a new one.
    expect(await findResidue(doomed, "doomed")).toEqual([]);
    expect(await next.docker("node1", "node", "ls", "--format", "{{.Status}}")).toBe("Ready");
  } finally {
    await next.down();
  }
  expect(await findResidue(next, "next")).toEqual([]);
  expect(await findResidue(doomed, "doomed")).toEqual([]);
});
