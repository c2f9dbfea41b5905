import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { joinKeyLength } from "#lib/shared/agent/protocol.ts";
import { type AgentScope, agentScopes } from "#lib/shared/agent/scope.ts";

/** What the agent was told where it was deployed, checked. */
export interface AgentConfig {
  /** Address of Shoal, `http://…` or `https://…`. */
  readonly server: URL;
  readonly joinKey: string;
  /** Folder of the agent's own key. */
  readonly dataDir: string;
  readonly scope: AgentScope;
  /** Path of the engine's socket. */
  readonly socket: string;
  /** Certificates that the server's must lead to, PEM; null trusts what the system trusts. */
  readonly ca: string | null;
  /** /proc and /sys/fs/cgroup of the node, wherever they are mounted. */
  readonly proc: string;
  readonly cgroup: string;
  /** Where the engine's folder of volumes is mounted; null: where the engine itself has it. */
  readonly volumes: string | null;
}

/** A setting that cannot be used; the message names the variable and says what is allowed. */
export class AgentConfigError extends Error {
  override readonly name = "AgentConfigError";
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the variables. Throws AgentConfigError. */
export function loadAgentConfig(env: Environment): AgentConfig {
  return {
    server: serverOf(env),
    joinKey: joinKeyOf(env),
    dataDir: env.SHOAL_DATA_DIR || "data",
    scope: scopeOf(env),
    socket: socketOf(env),
    ca: env.SHOAL_CA_FILE ? read("SHOAL_CA_FILE", env.SHOAL_CA_FILE) : null,
    proc: env.SHOAL_HOST_PROC || mounted("/host/proc") || "/proc",
    cgroup: env.SHOAL_HOST_CGROUP || mounted("/host/cgroup") || "/sys/fs/cgroup",
    volumes: env.SHOAL_VOLUMES_DIR || null,
  };
}

function serverOf(env: Environment): URL {
  const text = env.SHOAL_SERVER ?? "";
  const url = URL.parse(text);
  const ok =
    url && ["http:", "https:"].includes(url.protocol) && url.pathname === "/" && !url.search && !url.username;
  if (!ok) {
    throw new AgentConfigError(
      `SHOAL_SERVER is ${text === "" ? "not set" : `"${text}"`}: set it to Shoal's address, as http://tasks.server:9000 or https://shoal.example`,
    );
  }
  return url;
}

function joinKeyOf(env: Environment): string {
  const file = env.SHOAL_JOIN_KEY_FILE;
  const name = file ? "SHOAL_JOIN_KEY_FILE" : "SHOAL_JOIN_KEY";
  const key = (file ? read(name, file) : (env.SHOAL_JOIN_KEY ?? "")).trim();
  if (key.length >= joinKeyLength && !/\s/.test(key)) return key;
  throw new AgentConfigError(
    `${name} holds no join key of at least ${joinKeyLength} characters: take it from Shoal (Agents, Add nodes)`,
  );
}

function scopeOf(env: Environment): AgentScope {
  const text = env.SHOAL_SCOPE || "exec";
  const scope = agentScopes.find((each) => each === text);
  if (scope) return scope;
  throw new AgentConfigError(`SHOAL_SCOPE is "${text}": use ${agentScopes.join(", ")}`);
}

function socketOf(env: Environment): string {
  const text = env.DOCKER_HOST || "unix:///var/run/docker.sock";
  const path = text.startsWith("unix://") ? text.slice("unix://".length) : text;
  if (path.startsWith("/")) return path;
  throw new AgentConfigError(
    `DOCKER_HOST is "${text}": an agent uses a unix socket, as unix:///var/run/docker.sock`,
  );
}

/** Where the stack file and the commands that the page shows mount it; null outside of such a container. */
function mounted(path: string): string | null {
  return existsSync(path) ? path : null;
}

function read(variable: string, path: string): string {
  try {
    return readFileSync(join(path), "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "error";
    throw new AgentConfigError(`${variable} names ${path}, which cannot be read (${code})`);
  }
}
