import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hash } from "bcryptjs";
import { baseImage } from "./base-image.ts";
import { command } from "./command.ts";
import type { Lab } from "./lab.ts";
import { call, type Shoal } from "./shoal.ts";
import { startValve } from "./valve.ts";
import { waitFor } from "./wait.ts";

const REPO = join(import.meta.dirname, "../..");
const BASE = "node:24-trixie-slim";
const STACK_FILE = join(REPO, "shoal-stack.yml");

/** `shoal-stack.yml` deployed on a lab, as a user would. */
export interface ShoalStack {
  readonly url: string;
  /** Runs `shoal …` in the server's container. */
  shoal(...args: string[]): Promise<string>;
  /** The one-time code of the first account. */
  setupCode(): Promise<string>;
  remove(): Promise<void>;
}

/** Why the image cannot be built on this machine; null when it can. */
export async function missingForImage(): Promise<string | null> {
  const base = await baseImage();
  return "missing" in base ? base.missing : null;
}

/** Builds the image from dist/ on the first node, as the Dockerfile says, and puts it on all others. */
export async function buildImageOnAll(lab: Lab): Promise<void> {
  const base = await baseImage();
  if ("missing" in base) throw new Error(base.missing);
  const [first = "", ...others] = lab.nodes;
  const env = { DOCKER_CONFIG: join(lab.dir, "cli"), DOCKER_BUILDKIT: "0" };
  const slow = (node: string, ...args: string[]) =>
    command("docker", ["-H", lab.host(node), ...args], { env, timeoutMs: 240_000 });
  const path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  await slow(first, "import", "-c", `ENV ${path}`, "-c", 'CMD ["node"]', base.file, BASE);
  await slow(first, "build", "--network", "none", "--build-arg", "PAYLOAD=local", "-t", "shoal", REPO);
  const folder = mkdtempSync(join(tmpdir(), "shoal-image-"));
  try {
    const file = join(folder, "shoal.tar");
    await slow(first, "save", "-o", file, "shoal");
    for (const node of others) await slow(node, "load", "-q", "-i", file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The commands of the file's own head; resolves when the server answers. The image must be on all nodes. */
export async function deployShoalStack(
  lab: Lab,
  env: Readonly<Record<string, string>> = {},
): Promise<ShoalStack> {
  const [manager = ""] = lab.managers;
  for (const node of lab.nodes) {
    // Where everybody's socket and volumes are; a lab keeps them elsewhere.
    await lab.exec(
      node,
      "sh",
      "-c",
      `ln -sfn ${lab.socket(node)} /var/run/docker.sock && mkdir -p /var/lib/docker/volumes`,
    );
  }
  const cli = { DOCKER_CONFIG: join(lab.dir, "cli"), SHOAL_PUBLISH_MODE: "host", ...env };
  const docker = (...args: string[]) =>
    command("docker", ["-H", lab.host(manager), ...args], { env: cli, timeoutMs: 120_000 });
  await command(
    "sh",
    ["-c", `openssl rand -hex 32 | docker -H ${lab.host(manager)} secret create shoal_join_key -`],
    { env: cli },
  );
  const file = plainStackFile(lab);
  await docker("stack", "deploy", "--resolve-image", "never", "-c", file, "shoal");

  const container = () =>
    waitFor("the server's container", async () => {
      for (const node of lab.managers) {
        const id = await lab.docker(
          node,
          "ps",
          "-q",
          "--filter",
          "label=com.docker.swarm.service.name=shoal_server",
        );
        if (id) return { node, id: id.split("\n")[0] ?? "" };
      }
      return null;
    });
  const { node } = await container();
  const url = `http://${lab.net}.${lab.nodes.indexOf(node) + 1}:9000`;
  await waitFor("the server to answer", async () => (await fetch(`${url}/api/health`)).ok, {
    timeoutMs: 60_000,
  });
  return {
    url,
    async shoal(...args) {
      const where = await container();
      return lab.docker(where.node, "exec", where.id, "shoal", ...args);
    },
    setupCode: () =>
      waitFor("a setup code in the log", async () => {
        const where = await container();
        return /setup code +(\S+)/.exec(await lab.docker(where.node, "logs", where.id))?.[1];
      }),
    async remove() {
      await docker("stack", "rm", "shoal");
    },
  };
}

/**
 * A lab's swarm with Shoal deployed by its stack file, as the object every browser test works with. The image must not
 * be there yet; `stop` removes the stack.
 */
export async function startShoalStack(lab: Lab): Promise<Shoal> {
  await buildImageOnAll(lab);
  const password = randomBytes(12).toString("base64url");
  const stack = await deployShoalStack(lab, { SHOAL_ADMIN_PASSWORD: `admin:${await hash(password, 5)}` });
  const [manager = ""] = lab.managers;
  const volume = await lab.docker(
    manager,
    "volume",
    "inspect",
    "--format",
    "{{.Mountpoint}}",
    "shoal_shoal_data",
  );
  const token = (role: string, name = `test ${role}`) =>
    stack.shoal("token", "create", "--role", role, "--name", name);
  const admin = await token("admin", "test");
  await waitFor(
    "every node to be linked",
    async () => {
      const { body } = await call(`${stack.url}/api/v1/clusters/local/nodes`, "GET", undefined, admin);
      const { items = [] } = body as { items?: { linked: boolean }[] };
      return items.length === lab.nodes.length && items.every(({ linked }) => linked);
    },
    { timeoutMs: 90_000 },
  );
  const replaced = async (...args: string[]) => {
    const before = await server();
    await lab.docker(manager, ...args);
    await waitFor(
      "another container of the server",
      async () => {
        const now = await server();
        return now !== "" && now !== before;
      },
      { timeoutMs: 60_000 },
    );
    await waitFor("the server to answer", async () => (await fetch(`${stack.url}/api/health`)).ok, {
      timeoutMs: 60_000,
    });
  };
  const server = () =>
    lab.docker(manager, "ps", "-q", "--filter", "label=com.docker.swarm.service.name=shoal_server");
  // Browsers keep the clipboard and other things from a plain http page, unless it comes from this machine.
  const door = await startValve("127.0.0.1", new URL(stack.url).host);
  return {
    url: `http://${door.address}`,
    user: "admin",
    password,
    dataDir: volume,
    api: (method, path, body, { token: given = admin, headers } = {}) =>
      call(stack.url + path, method, body, given, headers),
    token,
    async stop() {
      door.close();
      await stack.remove();
    },
    kill9: async () => void (await lab.docker(manager, "kill", await server())),
    restart: () => replaced("service", "update", "--detach", "--force", "shoal_server"),
    log: () => "",
    pid: () => 0,
  };
}

/** The stack file without the encryption of its network: kernels of test machines often lack it (CONFIG_INET_ESP). */
function plainStackFile(lab: Lab): string {
  const text = readFileSync(STACK_FILE, "utf8");
  const plain = text.replace(/ {4}driver_opts:\n {6}encrypted: ""\n/, "");
  if (plain === text) throw new Error("shoal-stack.yml does not encrypt its network any more");
  const file = join(lab.dir, "shoal-stack.yml");
  writeFileSync(file, plain);
  return file;
}
