import { readFileSync } from "node:fs";
import type { BlockList } from "node:net";
import { resolve } from "node:path";
import { joinKeyLength } from "#lib/shared/agent/protocol.ts";
import { ConfigError } from "./config-error.ts";
import { certFolder, dataFolder, readableFile, tlsFiles } from "./config-files.ts";
import { type EngineAddress, parseEngineAddress } from "./engine-address.ts";
import { type Variable, type VariableName, type VariableValues, variables } from "./variables.ts";

/** The first admin's password as configured: a ready bcrypt hash, or the plain text of a file. */
export type AdminPassword =
  | { readonly kind: "hash"; readonly name: string | null; readonly hash: string }
  | { readonly kind: "plain"; readonly text: string };

/** Everything the server was told at start, checked. All paths are absolute. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly adminPassword: AdminPassword | null;
  /** The engine whose cluster is shown (DOCKER_HOST). */
  readonly engine: EngineAddress;
  /** Further engines of the same swarm (SHOAL_ENGINES). */
  readonly engines: readonly EngineAddress[];
  /** No socket of the server is used: agents alone lead to engines. */
  readonly agentsOnly: boolean;
  /** The join key of the server's own cluster as deployed. */
  readonly joinKey: string | null;
  /** Folder with ca.pem, cert.pem and key.pem, when an engine is reached with TLS. */
  readonly engineCertPath: string | null;
  /** The docker command as named; null: the one that PATH finds. */
  readonly dockerCli: string | null;
  /** Operators may open ways from containers to their hosts, as admins may. */
  readonly operatorHostAccess: boolean;
  /** The simulated cluster: whether there is one, and how big. */
  readonly demo: {
    readonly mode: "auto" | "on" | "off";
    readonly nodes: number;
    readonly tasks: number;
  };
  readonly publicUrl: URL | null;
  readonly trustedProxies: BlockList;
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  readonly logLevel: VariableValues["logLevel"];
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Checks flags and environment and answers the configuration. A flag wins over its variable; an empty
 * variable counts as absent, as Compose writes unset ones. Relative paths start at `cwd`. Throws ConfigError.
 */
export function loadConfig(flags: Environment, env: Environment, cwd: string = process.cwd()): Config {
  const texts = collectTexts(flags, env);
  const values = parseAll(texts);
  const tls = tlsFiles(values.tlsCert, values.tlsKey, cwd);
  const engine = dockerEngine(values);
  const engines = values.engines.map((address) =>
    address.kind === "tcp" ? { ...address, tls: address.tls || values.dockerTlsVerify } : address,
  );
  const withTls = [engine, ...engines].some((address) => address.kind === "tcp" && address.tls);
  return {
    port: values.port,
    host: values.host,
    dataDir: dataFolder(values.dataDir, cwd),
    adminPassword: adminPassword(values, cwd),
    engine,
    engines,
    agentsOnly: values.agentsOnly,
    joinKey: joinKey(values, cwd),
    engineCertPath: withTls ? certFolder(values.dockerCertPath, cwd) : null,
    dockerCli: values.dockerCli ?? null,
    operatorHostAccess: values.operatorHostAccess,
    demo: { mode: values.demo, nodes: values.demoNodes, tasks: values.demoTasks },
    publicUrl: values.publicUrl,
    trustedProxies: values.trustedProxies,
    tls,
    logLevel: values.logLevel,
  };
}

/** The folder of the database and the keys alone, for commands that need nothing else. */
export function loadDataDir(flags: Environment, env: Environment, cwd: string = process.cwd()): string {
  return resolve(cwd, variables.dataDir.schema.parse(collectTexts(flags, env).dataDir));
}

type Texts = Partial<Record<VariableName, string>>;

function collectTexts(flags: Environment, env: Environment): Texts {
  const texts: Texts = {};
  for (const name of Object.keys(variables) as VariableName[]) {
    const variable: Variable = variables[name];
    const text = (variable.flag === null ? undefined : flags[variable.flag]) ?? env[variable.env];
    if (text !== undefined && text !== "") texts[name] = text;
  }
  return texts;
}

function parseAll(texts: Texts): VariableValues {
  const values: Partial<Record<VariableName, unknown>> = {};
  for (const name of Object.keys(variables) as VariableName[]) {
    const variable: Variable = variables[name];
    const result = variable.schema.safeParse(texts[name]);
    if (!result.success) {
      const issue = result.error.issues[0];
      throw new ConfigError(variable, texts[name] ?? "", issue?.code === "custom" ? issue.message : "");
    }
    values[name] = result.data;
  }
  return values as VariableValues;
}

function dockerEngine(values: VariableValues): EngineAddress {
  try {
    return parseEngineAddress(values.dockerHost, values.dockerTlsVerify);
  } catch (error) {
    throw new ConfigError(
      variables.dockerHost,
      values.dockerHost,
      error instanceof Error ? error.message : "",
    );
  }
}

function joinKey(values: VariableValues, cwd: string): string | null {
  const file = values.joinKeyFile;
  if (file === null) return null;
  const text = readFileSync(readableFile(variables.joinKeyFile, file, cwd), "utf8").trim();
  if (text.length >= joinKeyLength && !/\s/.test(text)) return text;
  throw new ConfigError(variables.joinKeyFile, file, "the key in it is too short, or has spaces in it");
}

function adminPassword(values: VariableValues, cwd: string): AdminPassword | null {
  const file = values.adminPasswordFile;
  if (file === null) return values.adminPassword && { kind: "hash", ...values.adminPassword };
  if (values.adminPassword !== null) {
    throw new ConfigError(
      variables.adminPasswordFile,
      file,
      "SHOAL_ADMIN_PASSWORD is set too, and only one can win",
    );
  }
  const path = readableFile(variables.adminPasswordFile, file, cwd);
  const text = readFileSync(path, "utf8").replace(/\r?\n$/, "");
  // bcrypt reads 72 bytes and ignores the rest; the limits are those of every password in Shoal.
  const fits = [...text].length >= 10 && Buffer.byteLength(text) <= 72 && !/[\r\n]/.test(text);
  if (!fits)
    throw new ConfigError(variables.adminPasswordFile, file, "the password in it is too short or too long");
  return { kind: "plain", text };
}
