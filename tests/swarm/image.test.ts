import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { baseImage } from "../lab/base-image.ts";
import { makeAuthority } from "../lab/certificates.ts";
import { signInOver } from "../lab/sign-in.ts";
import { waitFor } from "../lab/wait.ts";
import {
  firstAccount,
  type ImageLab,
  setupCodeOf,
  startImageLab,
  tokenOf,
  untilHealthy,
  untilShown,
} from "./image-on-lab.ts";

const base = await baseImage();
const reason = "missing" in base ? `, not tested: ${base.missing}` : "";
const socket = "/var/run/docker.sock:/var/run/docker.sock";
const compose = join(import.meta.dirname, "../../docker-compose.yml");
const password = "a password for the image";
const mb = 1e6;

describe.skipIf("missing" in base)(`Shoal's image${reason}`, () => {
  let site: ImageLab;
  let url: string;

  beforeAll(async () => {
    if ("missing" in base) return;
    site = await startImageLab(base.file);
    url = `http://${site.address}`;
    await site.docker("service", "create", "--detach", "--name", "web", "lab/web:1");
  }, 400_000);
  afterAll(() => site?.lab.down());
  afterEach(async () => {
    const running = await site.docker("ps", "-aq", "--filter", "ancestor=shoal");
    if (running) await site.docker("rm", "-f", ...running.split("\n"));
  });

  test("holds Node, Debian and the payload, and no package manager", async () => {
    const inspected = await site.docker("image", "inspect", "shoal", "node:24-trixie-slim");
    const [shoal, standIn] = JSON.parse(inspected) as [ImageFacts, ImageFacts];
    expect(shoal.Config).toMatchObject({
      Entrypoint: ["shoal"],
      Cmd: ["serve"],
      ExposedPorts: { "9000/tcp": {} },
      Volumes: { "/data": {} },
      Healthcheck: { Test: ["CMD", "node", "/app/health.mjs"] },
    });
    // Shoal itself, and the docker command with its compose plugin, which the stand-in has at another place.
    expect(shoal.Size - standIn.Size).toBeLessThan(138 * mb);
    const look =
      "ls -d /usr/local/lib/node_modules /opt/yarn* /usr/local/bin/npm /app/node_modules/next; true";
    const present = await site.docker(
      "run",
      "--rm",
      "--entrypoint",
      "sh",
      "shoal",
      "-c",
      `${look} 2>/dev/null`,
    );
    expect(present).toBe("/app/node_modules/next");
  });

  test("the plain form: healthy, not root, first account, live data, token; accounts stay", async () => {
    const { docker } = site;
    const start = [
      "run",
      "-d",
      "--name",
      "shoal",
      "-p",
      "9000:9000",
      "-v",
      socket,
      "-v",
      "shoal_data:/data",
      "shoal",
    ];
    await docker(...start);
    const code = await setupCodeOf(site, "shoal");
    const cookie = await firstAccount(url, code, "ann", password);
    await untilShown(url, "services", "web", { cookie });
    await untilShown(url, "nodes", "node1", { authorization: `Bearer ${await tokenOf(site, "shoal")}` });

    const status = await docker("exec", "shoal", "grep", "-E", "^(Uid|CapEff|NoNewPrivs):", "/proc/1/status");
    expect(status.replaceAll("\t", " ").split("\n")).toEqual([
      "Uid: 1000 1000 1000 1000",
      "CapEff: 0000000000000000",
      "NoNewPrivs: 1",
    ]);
    // Neither the server nor `docker exec`, which is root at first, may leave files the other cannot use.
    expect(await docker("exec", "shoal", "find", "/data", "!", "-user", "node")).toBe("");
    await untilHealthy(site, "shoal");

    await docker("restart", "shoal");
    await waitFor("a sign-in after the restart", () => signInOver(url, "ann", password));

    const began = performance.now();
    await docker("stop", "--time", "10", "shoal");
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(await docker("inspect", "--format", "{{.State.ExitCode}}", "shoal")).toBe("0");

    await docker("rm", "shoal");
    await docker(...start);
    await waitFor("a sign-in in a new container", () => signInOver(url, "ann", password));
    await untilShown(url, "services", "web", { cookie });
  });

  test("stacks are deployed with the docker command that is in it", async () => {
    await site.docker("run", "-d", "--name", "deployer", "-p", "9000:9000", "-v", socket, "shoal");
    const authorization = await waitFor("a token", async () => `Bearer ${await tokenOf(site, "deployer")}`);
    await untilShown(url, "nodes", "node1", { authorization });
    const send = async (path: string, body?: unknown) => {
      const answer = await fetch(`${url}/api/v1/clusters/local/stacks/inner/${path}`, {
        method: body ? "POST" : "GET",
        headers: { authorization, "content-type": "application/json" },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return { status: answer.status, body: (await answer.json()) as { id: number; state: string } };
    };
    const files = [{ name: "a.yml", text: 'version: "3.8"\nservices:\n  web: {image: "lab/web:1"}\n' }];
    const begun = await send("deploy", { files });
    expect(begun, JSON.stringify(begun.body)).toMatchObject({ status: 202 });
    await waitFor("its end", async () => {
      const { body } = await send(`versions/${begun.body.id}`);
      if (body.state !== "completed") throw new Error(JSON.stringify(body));
      return true;
    });
    await site.docker("stack", "rm", "inner");
    const listed = await fetch(`${url}/api/v1/clusters/local/projects`, { headers: { authorization } });
    expect(await listed.json()).toMatchObject({
      compose: { version: expect.stringMatching(/^2\./), problem: null },
    });
  });

  test("hardened: another user, no capability, nothing writable but the data, TLS on another port", async () => {
    const folder = mkdtempSync(join(tmpdir(), "shoal-image-"));
    try {
      const [certFile, keyFile] = [join(folder, "cert.pem"), join(folder, "key.pem")];
      await (await makeAuthority(folder)).issue({ certFile, keyFile });
      for (const file of [certFile, keyFile]) await site.give(file, "/files/");
    } finally {
      rmSync(folder, { recursive: true });
    }
    await site.client("chown", "1000", "/files/cert.pem", "/files/key.pem");
    const group = await site.client("stat", "-c", "%g", "/var/run/docker.sock");
    const user = `--user 1000 --group-add ${group} --cap-drop ALL --read-only --tmpfs /tmp`.split(" ");
    const tls = ["SHOAL_PORT=9443", "SHOAL_TLS_CERT=/files/cert.pem", "SHOAL_TLS_KEY=/files/key.pem"];
    const settings = tls.flatMap((setting) => ["-e", setting]);
    await site.docker(
      ...["run", "-d", "--name", "hard", "-p", "9000:9443", "-v", socket, "-v", "files:/files:ro"],
      ...["--health-interval", "1s", ...user, ...settings],
      "shoal",
    );
    await untilHealthy(site, "hard");
    const token = await tokenOf(site, "hard");
    await waitFor("the node over TLS", async () => {
      const body = await getOverTls(`https://${site.address}/api/v1/clusters/local/nodes`, token);
      return (JSON.parse(body) as { items: { name: string }[] }).items[0]?.name === "node1";
    });
  });

  test("a folder of the host that belongs to root, with no engine: becomes Shoal's, and the page is served", async () => {
    const data = `${join(site.lab.dir, "host-data")}:/data`;
    await site.docker("run", "-d", "--name", "bare", "-p", "9000:9000", "-v", data, "shoal");
    await setupCodeOf(site, "bare");
    expect(await site.docker("exec", "bare", "stat", "-c", "%U %a", "/data")).toBe("node 700");
    expect((await fetch(`${url}/api/health`)).status).toBe(200);
  });

  test("a socket that only root may use: Shoal stays root, and says so", async () => {
    await site.lab.exec("node1", "chmod", "600", site.lab.socket("node1"));
    try {
      await site.docker("run", "-d", "--name", "rooted", "-v", socket, "shoal");
      await setupCodeOf(site, "rooted");
      expect(await site.docker("exec", "rooted", "stat", "-c", "%u", "/proc/1")).toBe("0");
      const log = await site.client("sh", "-c", "docker logs rooted 2>&1");
      expect(log).toContain("only the owner of /var/run/docker.sock may use it, so Shoal stays root");
    } finally {
      await site.lab.exec("node1", "chmod", "660", site.lab.socket("node1"));
    }
  });

  test("docker compose up -d", async () => {
    await site.give(compose, "/files/docker-compose.yml");
    const run = (...args: string[]) =>
      site.client("docker", "compose", "-p", "shoal", "-f", "/files/docker-compose.yml", ...args);
    await run("config", "--quiet");
    await run("up", "--detach", "--no-build");
    const container = await run("ps", "--quiet", "shoal");
    const token = await tokenOf(site, container);
    await untilShown(url, "services", "web", { authorization: `Bearer ${token}` });
    await run("down");
  });

  test("docker stack deploy: Shoal knows its own service and does not end itself by accident", async () => {
    await site.docker("stack", "deploy", "-c", compose, "shoal");
    const container = await waitFor("the task's container", () =>
      site.docker("ps", "-q", "--filter", "label=com.docker.swarm.service.name=shoal_shoal"),
    );
    const service = "shoal_shoal";
    const token = await waitFor("a token", () => tokenOf(site, container));
    const authorization = { authorization: `Bearer ${token}` };
    expect(await untilShown(url, "services", service, authorization)).toMatchObject({ isShoal: true });

    const send = async (method: string, path: string, body?: unknown) => {
      const answer = await fetch(`${url}/api/v1/clusters/local/${path}`, {
        method,
        headers: { ...authorization, ...(body ? { "content-type": "application/json" } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return { status: answer.status, body: (await answer.json().catch(() => null)) as unknown };
    };
    const unsure = { status: 409, body: { code: "confirmation_needed", details: { name: service } } };
    expect(await send("POST", `services/${service}/scale`, { replicas: 2 })).toMatchObject(unsure);
    expect(await send("POST", `services/${service}/scale`, { replicas: 0 })).toMatchObject(unsure);
    expect(await send("DELETE", `services/${service}`)).toMatchObject(unsure);
    expect(await send("PATCH", "nodes/node1", { availability: "drain" })).toMatchObject({
      status: 409,
      body: { code: "confirmation_needed" },
    });
    await waitFor("Shoal's task to run on, and be healthy", async () =>
      (await site.docker("service", "ls", "--format", "{{.Name}} {{.Replicas}}")).includes(`${service} 1/1`),
    );

    // Whether the answer still arrives is up to the engine; what counts is that the service is gone.
    await send("DELETE", `services/${service}?confirm=${service}`).catch(() => undefined);
    await waitFor(
      "the service to be gone",
      async () => !(await site.docker("service", "ls", "--format", "{{.Name}}")).includes(service),
    );
  });
});

interface ImageFacts {
  readonly Config: unknown;
  readonly Size: number;
}

/** GET from a server whose certificate nobody has to believe. */
function getOverTls(url: string, token: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { rejectUnauthorized: false, headers: { authorization: `Bearer ${token}` } };
    const call = request(url, options, async (answer) => {
      let text = "";
      for await (const chunk of answer.setEncoding("utf8")) text += chunk;
      resolve(text);
    });
    call.once("error", reject).end();
  });
}
