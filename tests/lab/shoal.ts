import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command } from "./command.ts";
import { cleanEnvironment, NODE, nodeFlags, payload } from "./payload.ts";
import { waitFor } from "./wait.ts";

/** What a server is started with. `engines` are DOCKER_HOST values, see `Lab.host`; none leaves the default socket. */
export interface ShoalOptions {
  readonly engines: readonly string[];
  /** More environment, e.g. `SHOAL_DEMO`. An empty value of a variable counts as unset. */
  readonly env?: Readonly<Record<string, string>>;
  /** Kept by the caller. Without it a temporary one is made, and removed by `stop`. */
  readonly dataDir?: string;
  /** The user and group the server runs as; everybody else's groups are dropped. Default: those of the test. */
  readonly runAs?: { readonly uid: number; readonly gid: number };
}

/** The answer of an API call: the status and the parsed body (undefined when there is none). */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

interface ApiCallOptions {
  /** Default: an admin token made once per server. `null` sends none. */
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A Shoal server of the built payload, running on a free loopback port. */
export interface Shoal {
  /** `http://127.0.0.1:PORT`, without a slash. The port stays the same over `restart`. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly dataDir: string;
  /** Calls the HTTP API; a body is sent as JSON. Never rejects because of a status. */
  api(method: string, path: string, body?: unknown, options?: ApiCallOptions): Promise<ApiAnswer>;
  /** Makes an API token of a role with the command line, as a person would. */
  token(role: string, name?: string): Promise<string>;
  /** Clean end (SIGTERM). Rejects when the server does not end within 20 s. */
  stop(): Promise<void>;
  /** Power cut: SIGKILL. The data stays. */
  kill9(): Promise<void>;
  /** Starts again on the same data and port; stops first when it still runs. */
  restart(): Promise<void>;
  /** Process id of the server that runs now. */
  pid(): number;
  /** Everything all starts have printed. */
  log(): string;
}

/**
 * Starts `shoal serve` from dist/ (run `npm run build` before) and resolves when it listens. The first user is "admin"
 * with a random password. The caller ends it with `stop`.
 */
export async function startShoal(options: ShoalOptions): Promise<Shoal> {
  const program = payload();
  const base = mkdtempSync(join(tmpdir(), "shoal-test-"));
  const dataDir = options.dataDir ?? join(base, "data");
  mkdirSync(dataDir, { recursive: true });
  const password = randomBytes(12).toString("base64url");
  const passwordFile = join(base, "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  const { runAs } = options;
  if (runAs) for (const path of [base, dataDir, passwordFile]) chownSync(path, runAs.uid, runAs.gid);
  const env = serverEnv(options, dataDir, passwordFile);

  const output: string[] = [];
  let server = launch(env, output, runAs);
  const url = await listening(server, output).catch((error: unknown) => {
    rmSync(base, { recursive: true, force: true });
    throw error;
  });
  env.SHOAL_PORT = new URL(url).port;
  let adminToken: Promise<string> | undefined;

  const token = (role: string, name = `test ${role}`) =>
    command(NODE, [program, "token", "create", "--role", role, "--name", name], { env });
  const end = async (signal: "SIGTERM" | "SIGKILL") => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, "exit", { signal: AbortSignal.timeout(20_000) });
    server.kill(signal);
    await exited.catch((cause: unknown) => {
      server.kill("SIGKILL");
      throw new Error(`Shoal did not end within 20 s of ${signal}. It printed:\n${output.join("")}`, {
        cause,
      });
    });
  };

  return {
    url,
    user: "admin",
    password,
    dataDir,
    token,
    log: () => output.join(""),
    pid: () => server.pid ?? 0,
    kill9: () => end("SIGKILL"),
    stop: async () => {
      try {
        await end("SIGTERM");
      } finally {
        rmSync(base, { recursive: true, force: true });
      }
    },
    restart: async () => {
      await end("SIGTERM");
      server = launch(env, output, runAs);
      await listening(server, output);
    },
    api: async (method, path, body, { token: given, headers } = {}) => {
      adminToken ??= given === undefined ? token("admin", "test") : undefined;
      return call(url + path, method, body, given === undefined ? await adminToken : given, headers);
    },
  };
}

function serverEnv(options: ShoalOptions, dataDir: string, passwordFile: string): Record<string, string> {
  const [first, ...more] = options.engines;
  return {
    SHOAL_HOST: "127.0.0.1",
    SHOAL_PORT: "0",
    SHOAL_DATA_DIR: dataDir,
    SHOAL_ADMIN_PASSWORD_FILE: passwordFile,
    NEXT_TELEMETRY_DISABLED: "1",
    ...(first ? { DOCKER_HOST: first } : {}),
    ...(more.length ? { SHOAL_ENGINES: more.join(",") } : {}),
    ...options.env,
  };
}

function launch(
  env: Readonly<Record<string, string>>,
  output: string[],
  runAs: ShoalOptions["runAs"],
): ChildProcess {
  const child = spawn(NODE, [...nodeFlags("shoal"), payload(), "serve"], {
    cwd: tmpdir(),
    env: { ...cleanEnvironment(), ...env, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
    ...runAs,
  });
  output.push("");
  const start = output.length - 1;
  const append = (chunk: Buffer) => {
    output[start] += String(chunk);
  };
  child.stdout.on("data", append);
  child.stderr.on("data", append);
  child.on("error", (error) => append(Buffer.from(`${error}\n`)));
  return child;
}

/** Waits for the line `{"msg":"listening","url":…}` of the latest start. */
async function listening(child: ChildProcess, output: readonly string[]): Promise<string> {
  const printed = () => output.at(-1) ?? "";
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  const outcome = await waitFor("Shoal to listen", () => listeningUrl(printed()) ?? (ended() && "ended"), {
    timeoutMs: 60_000,
    intervalMs: 25,
  }).catch((error: unknown) => {
    child.kill("SIGKILL");
    throw new Error(`${error}\nIt printed:\n${printed()}`, { cause: error });
  });
  if (outcome === "ended") throw new Error(`Shoal ended at its start. It printed:\n${printed()}`);
  return outcome;
}

function listeningUrl(log: string): string | undefined {
  const line = log
    .split("\n")
    .find((text) => text.includes('"msg":"listening"') && text.trimEnd().endsWith("}"));
  if (!line) return undefined;
  const { url } = JSON.parse(line) as { url?: unknown };
  return typeof url === "string" ? url.replace(/\/$/, "") : undefined;
}

/** Calls the HTTP API of a server. */
export async function call(
  url: string,
  method: string,
  body: unknown,
  token: string | null | undefined,
  headers: Readonly<Record<string, string>> = {},
): Promise<ApiAnswer> {
  const response = await fetch(url, {
    method,
    redirect: "manual",
    signal: AbortSignal.timeout(60_000),
    headers: {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = /[/+]json\b/.test(response.headers.get("content-type") ?? "");
  return {
    status: response.status,
    headers: response.headers,
    body: isJson && text ? JSON.parse(text) : text || undefined,
  };
}
