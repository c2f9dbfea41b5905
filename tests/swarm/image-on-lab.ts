import { join } from "node:path";
import { command } from "../lab/command.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { signInOver } from "../lab/sign-in.ts";
import { waitFor } from "../lab/wait.ts";

const REPO = join(import.meta.dirname, "../..");
const BASE = "node:24-trixie-slim";
/** A container with the Docker command line and compose in it, on the engine the image is tested on. */
const CLIENT = "client";

/** One engine that has Shoal's image, and everything a test does with it. */
export interface ImageLab {
  readonly lab: Lab;
  /** Where port 9000 of the engine's machine is reached, without scheme. */
  readonly address: string;
  /** Runs the docker command on the engine and answers its stdout. */
  docker(...args: string[]): Promise<string>;
  /** Runs a program in the container of the client, which may use the engine's socket. */
  client(...args: string[]): Promise<string>;
  /** Puts a file of this machine into the client's container. */
  give(file: string, path: string): Promise<void>;
}

/**
 * Starts an engine and builds the image on it, exactly as the Dockerfile says, from dist/ and without any network.
 * `baseFile` is the stand-in of `baseImage`. The caller ends the lab.
 */
export async function startImageLab(baseFile: string): Promise<ImageLab> {
  const lab = await startLab({ name: "image", nodes: 1, managers: 1 });
  try {
    // Where everybody's socket is, so that the commands of the README run as they are.
    await lab.exec("node1", "ln", "-s", lab.socket("node1"), "/var/run/docker.sock");
    const slow = (...args: string[]) =>
      command("docker", ["-H", lab.host("node1"), ...args], {
        // The plain builder: every docker command has it, and the other one may be missing.
        env: { DOCKER_CONFIG: join(lab.dir, "cli"), DOCKER_BUILDKIT: "0" },
        timeoutMs: 240_000,
      });
    const path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    await slow("import", "-c", `ENV ${path}`, "-c", 'CMD ["node"]', baseFile, BASE);
    await slow("build", "--network", "none", "--build-arg", "PAYLOAD=local", "-t", "shoal", REPO);
    const docker = (...args: string[]) => lab.docker("node1", ...args);
    const socket = "/var/run/docker.sock:/var/run/docker.sock";
    await docker(
      "run",
      "-d",
      "--name",
      CLIENT,
      "-v",
      socket,
      "-v",
      "files:/files",
      BASE,
      "sleep",
      "infinity",
    );
    return {
      lab,
      address: `${lab.net}.1:9000`,
      docker,
      client: (...args) => docker("exec", CLIENT, ...args),
      give: async (file, target) => void (await docker("cp", file, `${CLIENT}:${target}`)),
    };
  } catch (error) {
    await lab.down();
    throw error;
  }
}

/** Waits until the engine calls the container healthy; says what the check printed when it does not. */
export function untilHealthy({ docker }: ImageLab, container: string): Promise<true> {
  return waitFor(
    `${container} to be healthy`,
    async () => {
      const state = await docker("inspect", "--format", "{{json .State}}", container);
      const { Health, Status } = JSON.parse(state) as { Health: { Status: string }; Status: string };
      if (Health.Status === "healthy") return true as const;
      throw new Error(`${Status}: ${state}\n${await docker("logs", "--tail", "20", container)}`);
    },
    { timeoutMs: 60_000, intervalMs: 250 },
  );
}

/** Waits for the setup code of a first start in the container's log. */
export function setupCodeOf({ docker }: ImageLab, container: string): Promise<string> {
  return waitFor(
    "a setup code in the log",
    async () => /setup code +(\S+)/.exec(await docker("logs", container))?.[1],
  );
}

/** Makes the first account as the page does, and answers the cookie of its session. */
export async function firstAccount(
  url: string,
  code: string,
  name: string,
  password: string,
): Promise<string> {
  const answer = await fetch(`${url}/api/v1/setup`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ code, name, password }),
  });
  if (!answer.ok) throw new Error(`setup: ${answer.status} ${await answer.text()}`);
  return signInOver(url, name, password);
}

/** Makes an admin's token with `docker exec CONTAINER shoal token create`. */
export function tokenOf({ docker }: ImageLab, container: string): Promise<string> {
  return docker("exec", container, "shoal", "token", "create", "--role", "admin", "--name", "test");
}

/** Names of what Shoal shows of a kind, once it shows `name`. */
export function untilShown(
  url: string,
  kind: "services" | "nodes",
  name: string,
  headers: Readonly<Record<string, string>>,
): Promise<unknown> {
  return waitFor(`${name} among the ${kind}`, async () => {
    const answer = await fetch(`${url}/api/v1/clusters/local/${kind}`, { headers });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${answer.status} ${text}`);
    const { items } = JSON.parse(text) as { items: { name: string }[] };
    return items.find((item) => item.name === name);
  });
}
