import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ListAnswer, WriteAnswer } from "#lib/shared/api/types.ts";
import type {
  ContainerChanges,
  ContainerDetail,
  ContainerProcesses,
} from "#lib/shared/containers/api-types.ts";
import type { ContainerView } from "#lib/shared/containers/types.ts";
import { followContainers } from "../lab/container-viewer.ts";
import { auditRows } from "../lab/data-dir.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { waitFor } from "../lab/wait.ts";
import { ask, createService, list, refusal, untilRunning } from "./server-on-lab.ts";

/** The containers of three nodes, all linked, in one list; and what is done to them. */
let lab: Lab;
let shoal: Shoal;
let token: string;

const nodes = ["node1", "node2", "node3"];

beforeAll(async () => {
  lab = await startLab({ name: "containers", nodes: 3, managers: 1 });
  await Promise.all(nodes.map((node) => run(node, "same")));
  await run("node2", "worker", "--env", "SECRET=hunter2", "--label", "colour=blue", "--volume", "/data");
  shoal = await startShoal({ engines: lab.nodes.map(lab.host) });
  token = await shoal.token("viewer");
  // One on each node, also when the first try of one of them fails.
  const spread = ["--replicas", "3", "--replicas-max-per-node", "1"];
  await createService(lab, "web", ...spread, "--restart-delay", "500ms");
  await untilRunning(shoal, "web", 3);
}, 180_000);
afterAll(async () => {
  await shoal?.stop();
  await lab?.down();
});

function run(node: string, name: string, ...options: string[]): Promise<string> {
  return lab.docker(node, "run", "--detach", "--name", name, ...options, "lab/web:1");
}
const everything = () => ask<ListAnswer<ContainerView>>(shoal, "GET", "/containers?all=1");
const watch = () => followContainers(shoal.url, { authorization: `Bearer ${token}` });
const stateOn = async (node: string, name: string, field = "{{.State.Status}}") =>
  (await lab.docker(node, "inspect", "--format", field, name)).trim();
const act = (name: string, action: string, body: object = {}, node = "node2") =>
  ask<WriteAnswer<ContainerView>>(shoal, "POST", `/containers/${name}/${action}?node=${node}`, body);
const problem = async (method: string, path: string, body?: unknown) => refusal(shoal, method, path, body);

describe("the list", () => {
  test("holds the containers of every node, each with its node, and filters them", async () => {
    const { items, nodes: answering } = await waitFor("all of them", async () => {
      const answer = await everything();
      return answer.items.filter(({ serviceName }) => serviceName === "web").length >= 3 && answer;
    });
    expect(answering?.map(({ name, ok }) => [name, ok])).toEqual(nodes.map((name) => [name, true]));
    for (const node of nodes) {
      const ids = (await lab.docker(node, "ps", "--all", "--quiet", "--no-trunc")).trim().split("\n");
      const shown = items.filter(({ nodeName }) => nodeName === node).map(({ id }) => id);
      expect(shown.sort()).toEqual(ids.sort());
    }
    const worker = items.find(({ name }) => name === "worker");
    expect(worker).toMatchObject({
      nodeName: "node2",
      image: { name: "lab/web", tag: "1" },
      state: "running",
      serviceId: null,
      mounts: 1,
      networks: ["bridge"],
      isShoal: false,
    });
    const names = async (query: string) =>
      (await list<ContainerView>(shoal, `/containers?${query}`)).map(({ name }) => name.split(".")[0]);
    expect(await names("node=node3&service=web")).toEqual(["web"]);
    expect((await names("service=web")).length).toBe(3);
    expect(await names("state=exited")).toEqual([]);
    expect(new Set(await names("node=node2"))).toEqual(new Set(["same", "web", "worker"]));
    expect((await problem("GET", "/containers?bogus=1")).code).toBe("invalid_input");
  });

  test("its topic leads to the same rows, and a viewer sees changes as they happen", async () => {
    const viewer = await watch();
    await waitFor("the snapshot", () => viewer.rows().length >= 7);
    await run("node3", "fresh");
    await waitFor("it on the page", () =>
      viewer
        .rows()
        .some(({ name, nodeName, state }) => name === "fresh" && nodeName === "node3" && state === "running"),
    );
    await waitFor(
      "its health",
      () => viewer.rows().find(({ name }) => name === "fresh")?.health === "healthy",
    );
    await lab.docker("node3", "rm", "--force", "fresh");
    await waitFor("it gone", () => viewer.rows().every(({ name }) => name !== "fresh"));
    const { items } = await everything();
    expect(
      viewer
        .rows()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(items.map(({ id }) => id).sort());
    expect(viewer.errors).toEqual([]);
    viewer.close();
  });
});

describe("one container", () => {
  test("in words, without values of its environment; processes and changed files", async () => {
    const detail = await ask<ContainerDetail>(shoal, "GET", "/containers/worker");
    expect(detail.container).toMatchObject({ name: "worker", nodeName: "node2" });
    expect(detail.labels).toMatchObject({ colour: "blue" });
    expect(detail.mounts).toMatchObject([{ type: "volume", target: "/data", readOnly: false }]);
    expect(detail.networks).toMatchObject([{ name: "bridge" }]);
    const env = detail.spec.flatMap(({ fields }) => fields).find(({ masked }) => masked);
    expect(env?.value).toContain("SECRET");
    expect(JSON.stringify(detail)).not.toContain("hunter2");
    const checked = await waitFor("a run of its check", async () => {
      const { health } = await ask<ContainerDetail>(shoal, "GET", "/containers/worker");
      return health?.runs[0]?.exitCode === 0 && health;
    });
    expect(checked.failingStreak).toBe(0);
    const { titles, rows } = await ask<ContainerProcesses>(shoal, "GET", "/containers/worker/processes");
    expect(titles).toContain("PID");
    expect(rows.length).toBeGreaterThan(0);
    await lab.docker("node2", "exec", "worker", "sh", "-c", "echo x > /written");
    const { items } = await ask<ContainerChanges>(shoal, "GET", "/containers/worker/changes");
    expect(items).toContainEqual({ path: "/written", kind: "added" });
  });

  test("its environment is for operators, its raw object for admins, and both are written down", async () => {
    const operator = await shoal.token("operator");
    const call = (path: string, as: string) =>
      shoal.api("GET", `/api/v1/clusters/local/containers/worker/${path}`, undefined, { token: as });
    expect((await call("env", token)).status).toBe(403);
    expect((await call("raw", operator)).status).toBe(403);
    const env = (await call("env", operator)).body as { items: string[] };
    expect(env.items).toContain("SECRET=hunter2");
    const raw = await ask<{ Config: { Env: string[] } }>(shoal, "GET", "/containers/worker/raw");
    expect(raw.Config.Env).toContain("SECRET=hunter2");
    const rows = auditRows(shoal.dataDir).filter(({ action }) => /^container\.(env|raw)$/.test(action));
    expect(rows.map(({ action, result, object }) => `${action} ${result} ${object}`)).toEqual([
      "container.raw ok container worker on node2",
      "container.env ok container worker on node2",
      "container.raw denied container worker",
      "container.env denied container worker",
    ]);
    expect(JSON.stringify(rows) + shoal.log()).not.toContain("hunter2");
  });

  test("a name that several nodes have needs the node, an id does not", async () => {
    const several = await problem("GET", "/containers/same");
    expect(several.code).toBe("conflict");
    for (const node of [...nodes, "?node="]) expect(several.detail).toContain(node);
    for (const node of nodes) {
      const { container } = await ask<ContainerDetail>(shoal, "GET", `/containers/same?node=${node}`);
      expect(container.nodeName).toBe(node);
      const byId = await ask<ContainerDetail>(shoal, "GET", `/containers/${container.id.slice(0, 12)}`);
      expect(byId.container.id).toBe(container.id);
    }
    expect((await problem("GET", "/containers/nobody")).code).toBe("not_found");
    expect((await problem("GET", "/containers/worker?node=node1")).code).toBe("not_found");
    expect((await problem("GET", "/containers/worker?node=nowhere")).code).toBe("not_found");
  });
});

describe("actions", () => {
  test("happen on the engine of the right node and nowhere else", async () => {
    await act("same", "stop", { timeout: 1 });
    expect(await stateOn("node2", "same")).toBe("exited");
    for (const node of ["node1", "node3"]) expect(await stateOn(node, "same")).toBe("running");
    expect((await problem("POST", "/containers/same/stop?node=node2", {})).code).toBe("already_done");
    const { item } = await act("same", "start");
    expect(item).toMatchObject({ state: "running", nodeName: "node2" });
    expect(await stateOn("node2", "same")).toBe("running");
    expect((await problem("POST", "/containers/same/start?node=node2", {})).code).toBe("already_done");

    await act("same", "pause");
    expect(await stateOn("node2", "same")).toBe("paused");
    expect((await problem("POST", "/containers/same/start?node=node2", {})).code).toBe("already_done");
    await act("same", "unpause");
    expect(await stateOn("node2", "same")).toBe("running");
    expect((await problem("POST", "/containers/same/unpause?node=node2", {})).code).toBe("already_done");

    const started = await stateOn("node2", "same", "{{.State.StartedAt}}");
    await act("same", "restart", { timeout: 1 });
    expect(await stateOn("node2", "same", "{{.State.StartedAt}}")).not.toBe(started);

    await act("same", "kill", { signal: "SIGKILL" });
    await waitFor("it to end", async () => (await stateOn("node2", "same")) === "exited");
    expect(await stateOn("node2", "same", "{{.State.ExitCode}}")).toBe("137");
    const killed = await waitFor("its exit code in the list", async () => {
      const { items } = await everything();
      return items.find(
        ({ name, nodeName, exitCode }) => name === "same" && nodeName === "node2" && exitCode === 137,
      );
    });
    expect(killed.state).toBe("exited");
    for (const node of ["node1", "node3"]) expect(await stateOn(node, "same")).toBe("running");
  });

  test("rename and remove; what runs is removed with force only", async () => {
    await run("node3", "before");
    const { item } = await act("before", "rename", { name: "after" }, "node3");
    expect(item?.name).toBe("after");
    expect(await stateOn("node3", "after")).toBe("running");
    expect((await problem("POST", "/containers/after/rename?node=node3", { name: "same" })).code).toBe(
      "conflict",
    );
    expect((await problem("DELETE", "/containers/after?node=node3")).code).toBe("refused_by_engine");
    expect(await stateOn("node3", "after")).toBe("running");
    await ask(shoal, "DELETE", "/containers/after?node=node3&force=true&volumes=true");
    await expect(lab.docker("node3", "inspect", "after")).rejects.toThrow();
    expect((await everything()).items.some(({ name }) => name === "after")).toBe(false);
    const rows = auditRows(shoal.dataDir).filter(({ action }) => action === "container.remove");
    expect(rows[0]).toMatchObject({ result: "ok", object: "container after on node3" });
  });

  test("roles: a viewer touches nothing, an operator neither renames, removes nor creates", async () => {
    const operator = await shoal.token("operator");
    const path = "/api/v1/clusters/local/containers";
    const status = async (method: string, rest: string, body: object | undefined, as: string) =>
      (await shoal.api(method, path + rest, body, { token: as })).status;
    expect(await status("POST", "/worker/restart", { timeout: 0 }, token)).toBe(403);
    expect(await status("POST", "/worker/restart", { timeout: 0 }, operator)).toBe(200);
    expect(await status("POST", "/worker/rename", { name: "x" }, operator)).toBe(403);
    expect(await status("DELETE", "/worker?force=true", undefined, operator)).toBe(403);
    expect(await status("POST", "", { node: "node1", image: "lab/web:1" }, operator)).toBe(403);
    expect(await stateOn("node2", "worker")).toBe("running");
  });

  test("on a task's container: done, with a plain warning, and swarm replaces it", async () => {
    const task = await waitFor("a task on node2", async () => {
      const items = await list<ContainerView>(shoal, "/containers?service=web&node=node2");
      return items[0];
    });
    const { warnings } = await ask<WriteAnswer<ContainerView>>(shoal, "POST", `/containers/${task.id}/stop`, {
      timeout: 1,
    });
    expect(warnings.join(" ")).toMatch(/task of the service web.*Swarm starts a new task/);
    expect(await stateOn("node2", task.id)).toBe("exited");
    await waitFor("another one", async () => {
      const items = await list<ContainerView>(shoal, "/containers?service=web&state=running");
      return items.length === 3 && items.every(({ id }) => id !== task.id);
    });
  });
});

describe("a new container", () => {
  const make = (body: object) => ask<WriteAnswer<ContainerView>>(shoal, "POST", "/containers", body);

  test("runs on the chosen node with what was chosen", async () => {
    await lab.docker("node3", "network", "create", "side");
    const { item } = await make({
      node: "node3",
      image: "lab/web:1",
      name: "made",
      command: ["sh", "-c", "sleep 1000"],
      entrypoint: [],
      env: ["A=1", "B=two words"],
      ports: [
        { target: 8080, published: 18_080, address: "127.0.0.1" },
        { target: 53, protocol: "udp" },
      ],
      mounts: [
        { type: "volume", source: "things", target: "/things" },
        { type: "bind", source: "/tmp", target: "/host", readOnly: true },
      ],
      networks: ["bridge", "side"],
      restart: { policy: "on-failure", retries: 3 },
      user: "0",
      workdir: "/things",
      hostname: "chosen",
      labels: { team: "blue" },
      memoryBytes: 64 * 1024 * 1024,
      nanoCpus: 500_000_000,
      tty: true,
      stdin: true,
    });
    expect(item).toMatchObject({ name: "made", nodeName: "node3", state: "running" });
    const [made] = JSON.parse(await lab.docker("node3", "inspect", "made")) as [
      {
        Config: Record<string, unknown>;
        HostConfig: Record<string, unknown>;
        Mounts: Record<string, unknown>[];
        NetworkSettings: { Networks: object };
      },
    ];
    expect(made.Config).toMatchObject({
      Hostname: "chosen",
      User: "0",
      WorkingDir: "/things",
      Tty: true,
      OpenStdin: true,
      Cmd: ["sh", "-c", "sleep 1000"],
      Env: expect.arrayContaining(["A=1", "B=two words"]),
      Labels: expect.objectContaining({ team: "blue" }),
    });
    expect(made.HostConfig).toMatchObject({
      Memory: 64 * 1024 * 1024,
      NanoCpus: 500_000_000,
      RestartPolicy: { Name: "on-failure", MaximumRetryCount: 3 },
      PortBindings: expect.objectContaining({ "8080/tcp": [{ HostIp: "127.0.0.1", HostPort: "18080" }] }),
    });
    expect(made.Mounts).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ Type: "volume", Name: "things", Destination: "/things" }),
        expect.objectContaining({ Type: "bind", Source: "/tmp", RW: false }),
      ]),
    );
    expect(Object.keys(made.NetworkSettings.Networks).sort()).toEqual(["bridge", "side"]);
    await ask(shoal, "DELETE", "/containers/made?force=true");
  });

  test("says what is missing: the image, a place for its name or its port, a node", async () => {
    const noImage = await problem("POST", "/containers", { node: "node2", image: "not/here:1" });
    expect(noImage).toMatchObject({ code: "not_found" });
    expect(noImage.detail).toMatch(/not\/here:1 is not on node2.*Pull it/);
    expect((await problem("POST", "/containers", { node: "nowhere", image: "lab/web:1" })).code).toBe(
      "not_found",
    );
    const taken = await problem("POST", "/containers", { node: "node2", image: "lab/web:1", name: "worker" });
    expect(taken.code).toBe("conflict");
    const ports = [{ target: 8080, published: 18_081 }];
    await make({ node: "node2", image: "lab/web:1", name: "first", ports });
    const second = await problem("POST", "/containers", {
      node: "node2",
      image: "lab/web:1",
      name: "second",
      ports,
    });
    expect(second.detail).toContain("could not be started");
    expect(second.engineText).toContain("18081");
    expect(await stateOn("node2", "second")).toBe("created");
    expect((await everything()).items.find(({ name }) => name === "second")?.state).toBe("created");
    await ask(shoal, "DELETE", "/containers/first?force=true");
    await ask(shoal, "DELETE", "/containers/second");
    expect((await problem("POST", "/containers", { node: "node2", image: "" })).code).toBe("invalid_input");
  });

  test("a path is known to be on a node or not before a container is made, and nothing is made for it", async () => {
    const before = await lab.docker("node2", "ps", "--all", "--quiet");
    const asked = (path: string) =>
      ask(shoal, "GET", `/nodes/node2/bind-path?path=${encodeURIComponent(path)}`);
    expect(await asked("/etc/hostname")).toEqual({ path: "/etc/hostname", exists: true });
    expect(await asked("/srv/nothing here")).toEqual({ path: "/srv/nothing here", exists: false });
    expect((await problem("GET", "/nodes/node2/bind-path?path=etc")).code).toBe("invalid_input");
    expect(await lab.docker("node2", "ps", "--all", "--quiet")).toBe(before);
  });
});
