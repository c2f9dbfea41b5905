import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { command } from "./command.ts";
import type { Lab } from "./lab.ts";
import { startValve, type Valve } from "./valve.ts";
import { waitFor } from "./wait.ts";

/** A real image registry on the lab's network, which only the engines of the lab reach. */
export interface LabRegistry {
  /** `10.99.1.254:PORT`, the first part of the names of its images. */
  readonly address: string;
  /** Another address of the same registry, where a test says how many bytes come through. `stop` closes it, too. */
  throttled(): Promise<Valve>;
  /**
   * Makes an image of one layer with `bytes` of noise (which nothing compresses) on a node, pushes it as `repository:tag`
   * and removes it from the node. Answers its digest, `sha256:…`.
   */
  push(node: string, name: string, bytes: number): Promise<string>;
  /** Ends it: engines are refused from then on. May be called more than once. */
  stop(): Promise<void>;
}

export interface RegistryOptions {
  /** A registry that asks everybody for this name and password. */
  readonly auth?: { readonly username: string; readonly password: string };
}

/** Starts a registry; what it keeps is removed with the lab, or by `stop`. */
export async function startRegistry(lab: Lab, { auth }: RegistryOptions = {}): Promise<LabRegistry> {
  const host = `${lab.net}.254`;
  const address = `${host}:${await freePort(host)}`;
  const folder = mkdtempSync(join(lab.dir, "registry-"));
  const config = join(folder, "config.yml");
  writeFileSync(config, await configuration(folder, address, auth));
  // Its storage is below /tmp and it listens for this lab only: it is to die with this process, however that ends.
  const server = spawn("setpriv", ["--pdeathsig", "KILL", program(), "serve", config], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const said: string[] = [];
  server.stderr.on("data", (chunk: Buffer) => said.push(String(chunk)));
  const valves: Valve[] = [];

  async function stop(): Promise<void> {
    for (const valve of valves) valve.close();
    if (isAlive(server)) {
      const exited = once(server, "exit");
      server.kill("SIGKILL");
      await exited;
    }
    rmSync(folder, { recursive: true, force: true });
  }

  try {
    await waitFor("the registry to answer", async () => {
      if (!isAlive(server)) throw new Error(said.join(""));
      const { status } = await fetch(`http://${address}/v2/`);
      return status === (auth ? 401 : 200);
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    address,
    async throttled() {
      const valve = await startValve(host, address);
      valves.push(valve);
      return valve;
    },
    push: (node, name, bytes) => push(lab, node, `${address}/${name}`, bytes, auth),
    stop,
  };
}

async function push(
  lab: Lab,
  node: string,
  image: string,
  bytes: number,
  auth: RegistryOptions["auth"],
): Promise<string> {
  const made = `/tmp/pushed-${process.pid}-${performance.now()}`;
  const docker = `docker -H unix://${lab.socket(node)}`;
  const script = [
    `mkdir -p ${made} && head -c ${bytes} /dev/urandom > ${made}/noise`,
    `tar -C ${made} -c . | ${docker} import - ${image} && rm -r ${made}`,
  ];
  await lab.exec(node, "sh", "-ec", script.join("\n"));
  const [host = ""] = image.split("/");
  if (auth) await lab.docker(node, "login", "--username", auth.username, "--password", auth.password, host);
  const told = await lab.docker(node, "push", image);
  if (auth) await lab.docker(node, "logout", host);
  await lab.docker(node, "image", "rm", image);
  const digest = /digest: (sha256:[0-9a-f]{64})/.exec(told)?.[1];
  if (digest === undefined) throw new Error(`the push of ${image} told no digest:\n${told}`);
  return digest;
}

async function configuration(
  folder: string,
  address: string,
  auth: RegistryOptions["auth"],
): Promise<string> {
  const lines = [
    "version: 0.1",
    "log: { level: warn }",
    `storage: { filesystem: { rootdirectory: ${folder}/data } }`,
    `http: { addr: "${address}" }`,
  ];
  if (auth) {
    const file = join(folder, "htpasswd");
    writeFileSync(file, `${auth.username}:${await bcrypt(auth.password)}\n`);
    lines.push(`auth: { htpasswd: { realm: lab, path: ${file} } }`);
  }
  return `${lines.join("\n")}\n`;
}

/** The registry knows no other kind of password file. Perl comes with every Debian, and asks its C library. */
async function bcrypt(password: string): Promise<string> {
  const made = await command("perl", [
    "-e",
    "print crypt($ARGV[0], $ARGV[1])",
    password,
    `$2y$05$${"a".repeat(21)}e`,
  ]);
  if (!made.startsWith("$2y$")) throw new Error("the C library of this machine makes no bcrypt passwords");
  return made;
}

function program(): string {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "shoal-tests");
  // The place scripts/test/machine.mjs unpacks it to.
  const folders = [...(process.env.PATH ?? "").split(delimiter), join(cache, "docker-registry/usr/bin")];
  const found = folders.map((folder) => join(folder, "docker-registry")).find((path) => existsSync(path));
  if (found === undefined) throw new Error("docker-registry is missing: npm test -- --only setup");
  return found;
}

const isAlive = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null;

async function freePort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
