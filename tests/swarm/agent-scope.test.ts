import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveDockerStream } from "#lib/agent/scope/serve-docker-stream.ts";
import type { AgentScope } from "#lib/shared/agent/scope.ts";
import type { RevisionList } from "#lib/shared/api/history.ts";
import { jsonAt } from "#lib/shared/lossless-json.ts";
import { command } from "../lab/command.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { startShoal } from "../lab/shoal.ts";
import { waitFor } from "../lab/wait.ts";
import { everyOption } from "./every-option.ts";
import { ask, refusal as refusalOfApi, untilRunning } from "./server-on-lab.ts";

/** The agent's filter between the real docker command and a real engine, at each scope. */
let lab: Lab;
const agents: Server[] = [];

/** Everything a connection to this socket asks for goes through the filter. */
async function serve(scope: AgentScope): Promise<void> {
  const quiet = { debug() {}, warn() {} };
  const dial = () => connect({ path: lab.socket("node1"), allowHalfOpen: true });
  const server = createServer({ allowHalfOpen: true }, (stream) => {
    serveDockerStream(stream, { scope, connect: dial, log: quiet });
  });
  server.listen(socketOf(scope));
  await once(server, "listening");
  agents.push(server);
}

const socketOf = (scope: AgentScope) => join(lab.dir, `agent-${scope}.sock`);
const docker = (scope: AgentScope, ...args: string[]) =>
  command("docker", ["-H", `unix://${socketOf(scope)}`, ...args], { timeoutMs: 30_000 });

/** What the docker command said when it failed. */
async function refusal(scope: AgentScope, ...args: string[]): Promise<string> {
  const said = await docker(scope, ...args).catch((error: Error) => error);
  if (typeof said === "string") throw new Error(`docker ${args.join(" ")} was not refused: ${said}`);
  return said.message;
}

/** Runs a command that goes on, until its output matches; then ends it. */
async function watch(
  scope: AgentScope,
  args: readonly string[],
  until: RegExp,
  meanwhile?: () => Promise<unknown>,
) {
  const child = spawn("docker", ["-H", `unix://${socketOf(scope)}`, ...args]);
  let text = "";
  for (const output of [child.stdout, child.stderr]) output.on("data", (chunk) => (text += chunk));
  try {
    await waitFor(`${args.join(" ")} says ${until}`, async () => {
      await meanwhile?.();
      if (!until.test(text)) throw new Error(text);
      return true;
    });
  } finally {
    child.kill("SIGKILL");
  }
}

beforeAll(async () => {
  lab = await startLab({ name: "agent scope", nodes: 1, managers: 1 });
  for (const scope of ["read", "operate", "exec"] as const) await serve(scope);
  await lab.docker("node1", "run", "-d", "--name", "web", "-e", "TOKEN=s3cret", "lab/web:1");
  await lab.docker(
    "node1", "service", "create", "--detach", "--name", "api", "-e", "KEY=s3cret", "--label", "a=b",
    "--mount", "type=volume,source=scratch,target=/data,volume-opt=type=tmpfs,volume-opt=device=tmpfs,volume-opt=o=size=1m", "--network", "host", "lab/web:1",
  ); // biome-ignore format: a command line
  await lab.exec("node1", "sh", "-c", "echo s3cret > /tmp/conf");
  await lab.docker("node1", "config", "create", "conf", "/tmp/conf");
}, 120_000);
afterAll(async () => {
  for (const server of agents) server.close();
  await lab?.down();
});

describe("read", () => {
  test("lists, and whatever a dashboard shows", async () => {
    expect(await docker("read", "ps", "--format", "{{.Names}}")).toContain("web");
    expect(await docker("read", "version", "--format", "{{.Server.Version}}")).toMatch(/^\d+\./);
    expect(await docker("read", "info", "--format", "{{.Swarm.LocalNodeState}}")).toBe("active");
    expect(await docker("read", "service", "ls", "--format", "{{.Name}}")).toBe("api");
    expect(await docker("read", "service", "ps", "api", "--format", "{{.Name}}")).toContain("api.1");
    expect(await docker("read", "node", "ls", "--format", "{{.Hostname}}")).toBe("node1");
    expect(await docker("read", "images", "--format", "{{.Repository}}:{{.Tag}}")).toContain("lab/web:1");
    expect(await docker("read", "network", "ls", "--format", "{{.Name}}")).toContain("bridge");
    expect(await docker("read", "system", "df")).toContain("Local Volumes");
    expect(await docker("read", "top", "web")).toContain("httpd");
    expect(await docker("read", "top", "web", "-eo", "pid,args")).toContain("httpd");
    expect(await docker("read", "diff", "web")).toBeDefined();
    expect(
      await docker("read", "stats", "--no-stream", "--format", "{{.Name}} {{.MemUsage}}", "web"),
    ).toMatch(/^web \d/);
  });

  test("logs and events as they happen", async () => {
    await watch("read", ["logs", "-f", "web"], /tick \d+[\s\S]*tick \d+/);
    await watch("read", ["service", "logs", "-f", "api"], /tick \d+[\s\S]*tick \d+/);
    await watch("read", ["events"], /container (pause|unpause)/, async () => {
      await lab.docker("node1", "pause", "web");
      await lab.docker("node1", "unpause", "web");
    });
  });

  test("environments, contents of configs and options of volumes are hidden", async () => {
    const inspected = [
      await docker("read", "inspect", "web"),
      await docker("read", "service", "inspect", "api"),
      await docker(
        "read",
        "inspect",
        (await docker("read", "service", "ps", "-q", "api")).split("\n")[0] ?? "",
      ),
      await docker("read", "config", "inspect", "conf"),
      await docker("read", "image", "inspect", "lab/web:1"),
    ];
    const all = inspected.join("\n");
    expect(all).not.toMatch(/s3cret|czNjcmV0|size=1m/);
    expect(all).toContain("TOKEN=(masked by the agent)");
    expect(all.match(/KEY=\(masked by the agent\)/g)?.length).toBe(2);
    expect(await docker("read", "config", "inspect", "--pretty", "conf")).toContain("(masked by the agent)");
    const direct = JSON.parse(await lab.docker("node1", "inspect", "web")) as { Config: { Env: string[] } }[];
    const through = JSON.parse(inspected[0] ?? "") as typeof direct;
    const names = (env: readonly string[] | undefined) => env?.map((line) => line.split("=")[0]);
    expect(names(through[0]?.Config.Env)).toEqual(names(direct[0]?.Config.Env));
    expect({ ...through[0], Config: null }).toEqual({ ...direct[0], Config: null });
  });

  test("everything else is refused, with a sentence", async () => {
    const scope = "this agent's scope is read: ";
    expect(await refusal("read", "exec", "web", "id")).toContain(
      `${scope}POST /containers/web/exec is not allowed`,
    );
    expect(await refusal("read", "run", "-d", "lab/web:1")).toContain(
      `${scope}POST /containers/create is not allowed`,
    );
    expect(await refusal("read", "stop", "web")).toContain(
      `${scope}POST /containers/web/stop is not allowed`,
    );
    expect(await refusal("read", "export", "web")).toContain(
      `${scope}GET /containers/web/export is not allowed`,
    );
    expect(await refusal("read", "save", "lab/web:1")).toContain(`${scope}GET /images/get is not allowed`);
    expect(await refusal("read", "swarm", "join-token", "worker")).toContain(
      `${scope}GET /swarm is not allowed`,
    );
    expect(await refusal("read", "service", "scale", "--detach", "api=2")).toContain(
      "/update is not allowed",
    );
    expect(await refusal("read", "top", "web", "eww")).toContain("not with this ps_args");
    // Asked with HEAD, which has no room for a sentence.
    expect(await refusal("read", "cp", "web:/etc/passwd", "-")).toContain("/containers/web/archive");
    expect(await lab.docker("node1", "ps", "-q")).toBe(await docker("read", "ps", "-q"));
  });
});

describe("operate", () => {
  const spec = async (name?: string) => jsonAt(await rawService(name), ["Spec"]) ?? "";
  const rawService = (name = "api") =>
    lab.exec("node1", "curl", "-s", "--unix-socket", lab.socket("node1"), `http://d/services/${name}`);
  const untilReplicas = (count: string) =>
    waitFor(`${count} replicas`, async () => {
      const replicas = jsonAt(await spec(), ["Mode", "Replicated", "Replicas"]);
      if (replicas !== count) throw new Error(String(replicas));
      return true;
    });

  test("scale, restart, labels and rollback change exactly that", async () => {
    const before = await spec();
    await docker("operate", "service", "scale", "--detach", "api=2");
    await untilReplicas("2");
    expect(await spec()).toBe(before.replace('"Replicas":1', '"Replicas":2'));
    await docker("operate", "service", "update", "--detach", "--force", "api");
    expect(jsonAt(await spec(), ["TaskTemplate", "ForceUpdate"])).toBe("1");
    await docker(
      "operate",
      "service",
      "update",
      "--detach",
      "--label-add",
      "c=d",
      "--update-delay",
      "1s",
      "api",
    );
    expect(jsonAt(await spec(), ["Labels"])).toBe('{"a":"b","c":"d"}');
    await docker("operate", "service", "rollback", "--detach", "api");
    await waitFor("the labels of before", async () => jsonAt(await spec(), ["Labels"]) === '{"a":"b"}');
    // The environment that is in the specification has not been hidden on the way.
    expect(await spec()).toContain("KEY=s3cret");
    expect(await docker("operate", "service", "inspect", "api")).toContain("KEY=s3cret");
  });

  test("a service with every option keeps them all", async () => {
    await everyOption(lab, "full");
    const before = await spec("full");
    await docker("operate", "service", "scale", "--detach", "full=1");
    expect(await spec("full")).toBe(before.replace('"Replicas":2', '"Replicas":1'));
    await docker("operate", "service", "update", "--detach", "--force", "--label-rm", "l", "full");
    expect(jsonAt(await spec("full"), ["TaskTemplate", "ContainerSpec"])).toBe(
      jsonAt(before, ["TaskTemplate", "ContainerSpec"]),
    );
    await lab.docker("node1", "service", "rm", "full");
  });

  test.each([
    [["--mount-add", "type=bind,source=/,target=/host"], "Mounts"],
    [["--image", "lab/web:2"], "Image"],
    [["--args", "sh"], "Args"],
    [["--env-add", "A=b"], "Env"],
    [["--user", "root"], "User"],
    [["--cap-add", "SYS_ADMIN"], "Capability"],
    [["--publish-add", "8080:80"], "EndpointSpec"],
    [["--constraint-add", "node.role==manager"], "Placement"],
  ])("a service update with %j is refused", async (options, member) => {
    const before = await spec();
    const said = await refusal(
      "operate",
      "service",
      "update",
      "--detach",
      "--no-resolve-image",
      ...options,
      "api",
    );
    expect(said).toMatch(
      new RegExp(
        `this agent's scope is operate: POST /services/\\w+/update is not allowed: it changes .*${member}`,
      ),
    );
    expect(await spec()).toBe(before);
  });

  test("containers, volumes, networks and nodes", async () => {
    await docker("operate", "stop", "-t", "0", "web");
    await docker("operate", "start", "web");
    await docker("operate", "restart", "-t", "0", "web");
    await docker("operate", "rename", "web", "web2");
    await docker("operate", "rename", "web2", "web");
    await docker("operate", "volume", "create", "--label", "x=y", "fresh");
    await docker("operate", "volume", "rm", "fresh");
    await docker("operate", "network", "create", "--driver", "bridge", "--subnet", "10.201.0.0/24", "net");
    await docker("operate", "network", "connect", "--ip", "10.201.0.9", "--alias", "front", "net", "web");
    expect(
      await docker("operate", "inspect", "--format", "{{json .NetworkSettings.Networks.net}}", "web"),
    ).toContain('"IPAddress":"10.201.0.9"');
    await docker("operate", "network", "disconnect", "net", "web");
    await docker("operate", "network", "rm", "net");
    await lab.docker("node1", "tag", "lab/web:1", "lab/web:mine");
    await docker("operate", "rmi", "lab/web:mine");
    await docker("operate", "node", "update", "--availability", "drain", "node1");
    expect(await docker("operate", "node", "ls", "--format", "{{.Availability}}")).toBe("Drain");
    await docker("operate", "node", "update", "--availability", "active", "node1");
    expect(await lab.docker("node1", "volume", "ls", "-q", "--filter", "name=fresh")).toBe("");
  });

  test("what would open the host is refused", async () => {
    const bind = ["--opt", "type=none", "--opt", "o=bind", "--opt", "device=/"];
    expect(await refusal("operate", "volume", "create", ...bind, "evil")).toContain("it sets DriverOpts");
    expect(await refusal("operate", "tag", "lab/web:1", "lab/web:2")).toContain("/tag is not allowed");
    expect(await refusal("operate", "exec", "web", "id")).toContain(
      "POST /containers/web/exec is not allowed",
    );
    expect(await refusal("operate", "run", "-d", "lab/web:1")).toContain(
      "POST /containers/create is not allowed",
    );
    // The command drops the sentence here.
    expect(await refusal("operate", "attach", "web")).toContain("received 403");
    expect(await refusal("operate", "node", "update", "--label-add", "a=b", "node1")).toContain(
      "it changes Labels",
    );
    expect(await refusal("operate", "service", "create", "lab/web:1")).toContain(
      "POST /services/create is not allowed",
    );
    expect(await refusal("operate", "swarm", "join-token", "manager")).toContain("GET /swarm is not allowed");
  });
});

test("exec is the engine itself", async () => {
  expect(await docker("exec", "exec", "web", "sh", "-c", "echo $TOKEN")).toBe("s3cret");
  expect(await docker("exec", "run", "--rm", "lab/web:1", "sh", "-c", "echo ran")).toBe("ran");
  expect(await docker("exec", "cp", "web:/etc/passwd", "-")).toContain("root");
});

describe("Shoal itself", () => {
  beforeAll(() => lab.docker("node1", "service", "scale", "--detach", "api=1"));

  test("shows a swarm through `read`, without environments, and is refused what changes it", async () => {
    const shoal = await startShoal({ engines: [`unix://${socketOf("read")}`] });
    try {
      const [task] = await untilRunning(shoal, "api", 1);
      expect(JSON.stringify(await ask(shoal, "GET", "/services/api"))).not.toContain("s3cret");
      expect(JSON.stringify(await ask(shoal, "GET", "/nodes"))).toContain("node1");
      expect(JSON.stringify(await ask(shoal, "GET", "/configs"))).toContain("conf");
      for (const [path, body] of [
        ["/services/api/scale", { replicas: 2 }],
        ["/services/api/restart", {}],
        [`/tasks/${task?.id}/kill`, {}],
      ] as const) {
        const problem = await refusalOfApi(shoal, "POST", path, body);
        // The agent says no; a specification with hidden values is not even sent.
        expect(["refused_by_engine", "forbidden"]).toContain(problem.code);
        expect(JSON.stringify(problem)).toMatch(/scope (is )?read/);
      }
    } finally {
      await shoal.stop();
    }
  });

  test("scales, restarts, rolls back and drains through `operate`", async () => {
    const shoal = await startShoal({ engines: [`unix://${socketOf("operate")}`] });
    try {
      await untilRunning(shoal, "api", 1);
      const { items } = await ask<RevisionList>(shoal, "GET", "/services/api/revisions");
      await ask(shoal, "POST", "/services/api/scale", { replicas: 2 });
      await untilRunning(shoal, "api", 2);
      await ask(shoal, "POST", "/services/api/restart", {});
      await ask(shoal, "POST", "/services/api/rollback", { revision: items[0]?.id });
      const [task] = await untilRunning(shoal, "api", 1);
      await ask(shoal, "POST", `/tasks/${task?.id}/kill`, {});
      await ask(shoal, "PATCH", "/nodes/node1", { availability: "drain" });
      await untilRunning(shoal, "api", 0);
      await ask(shoal, "PATCH", "/nodes/node1", { availability: "active" });
      await untilRunning(shoal, "api", 1);
    } finally {
      await shoal.stop();
    }
  });
});
