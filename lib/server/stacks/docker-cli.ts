import { execFile, spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";

/** Longest run of the command: a registry that does not answer must not keep a stack for ever, ms. */
const longestRunMs = 15 * 60_000;

/** The docker command of this machine: the one that is named, else the first on PATH. Throws AppError where there is none. */
export function findDockerCli(named: string | null): string {
  const { PATH = "" } = process.env;
  const candidates = named
    ? [named]
    : PATH.split(delimiter)
        .filter(Boolean)
        .map((folder) => join(folder, "docker"));
  const found = candidates.find(isExecutable);
  if (found === undefined) {
    throw new AppError(
      "no_docker_cli",
      named ? t("deploy.error.cliNamed", { path: named }) : t("deploy.error.cli"),
    );
  }
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** One run of `docker stack deploy`. */
export interface CliRun {
  readonly program: string;
  /** Folder of the files, its working directory. */
  readonly folder: string;
  /** Folder of a configuration that is this run's own. */
  readonly config: string;
  /** `unix://…` of this run's private socket. */
  readonly host: string;
  readonly stack: string;
  readonly composeFiles: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly prune: boolean;
  readonly resolveImage: string;
  readonly signal: AbortSignal;
  readonly onOutput: (text: string) => void;
}

/** From this version on it would wait for tasks unless told not to; before, it does not know the word. */
const knowsDetach = 26;

async function detachOption(program: string): Promise<readonly string[]> {
  const version = await promisify(execFile)(program, ["--version"], { timeout: 10_000 }).then(
    ({ stdout }) => Number(/version (\d+)\./.exec(stdout)?.[1]),
    () => Number.NaN,
  );
  return version < knowsDetach ? [] : ["--detach=true"];
}

/** Runs it without a shell. Answers the exit code; null when it was ended or never began. */
export async function runStackDeploy(run: CliRun): Promise<number | null> {
  const detach = await detachOption(run.program);
  const args = [
    "--config", run.config, "--host", run.host, "stack", "deploy", ...detach, `--resolve-image=${run.resolveImage}`,
    ...(run.prune ? ["--prune"] : []),
    ...run.composeFiles.flatMap((file) => ["--compose-file", file]),
    "--", run.stack,
  ]; // biome-ignore format: one list
  // Nothing of the server's own environment: it may hold secrets, and a file could ask for them by name.
  const env = { ...run.env, PATH: "/usr/local/bin:/usr/bin:/bin", HOME: run.config };
  return new Promise((resolve) => {
    const child = spawn(run.program, args, {
      cwd: run.folder,
      env: env as unknown as NodeJS.ProcessEnv,
      stdio: ["ignore", "pipe", "pipe"],
      signal: AbortSignal.any([run.signal, AbortSignal.timeout(longestRunMs)]),
      killSignal: "SIGKILL",
    });
    child.stdout.setEncoding("utf8").on("data", run.onOutput);
    child.stderr.setEncoding("utf8").on("data", run.onOutput);
    child.on("error", (error) => {
      if (child.pid === undefined) run.onOutput(`${error.message}\n`);
    });
    child.on("close", (code) => resolve(code));
  });
}
