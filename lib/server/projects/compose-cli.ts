import { execFile } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ComposeFacts } from "#lib/shared/projects/types.ts";
import { findDockerCli, isExecutable } from "../docker-cli/find-docker.ts";
import { type CommandRun, commandEnv, runCommand } from "../docker-cli/run-command.ts";
import { makeRunFolder } from "../docker-cli/run-folder.ts";

/** Longest run: a registry that does not answer must not keep a project for ever, ms. */
const longestRunMs = 30 * 60_000;

const pluginName = "docker-compose";
/** Where the docker command itself looks, beside the folder of its configuration, which is each run's own. */
const systemFolders = [
  "/usr/local/lib/docker/cli-plugins",
  "/usr/local/libexec/docker/cli-plugins",
  "/usr/lib/docker/cli-plugins",
  "/usr/libexec/docker/cli-plugins",
];

/** The docker command and its compose plugin. */
export interface ComposeCli extends ComposeFacts {
  readonly program: string;
  /** Null: the docker command finds it by itself, or not at all. */
  readonly plugin: string | null;
}

/** A plugin that lies beside the docker command counts too: that is how the two are put into an image. */
function findPlugin(program: string): string | null {
  const beside = dirname(program);
  const places = [
    join(beside, "cli-plugins"),
    join(beside, "../libexec/docker/cli-plugins"),
    ...systemFolders,
    beside,
  ];
  return places.map((folder) => join(folder, pluginName)).find(isExecutable) ?? null;
}

/** Gives the configuration of a run the plugin. */
function linkPlugin(config: string, plugin: string | null): void {
  if (plugin === null) return;
  mkdirSync(join(config, "cli-plugins"), { mode: 0o700 });
  symlinkSync(plugin, join(config, "cli-plugins", pluginName));
}

/** Asks the docker command for its compose plugin. Never rejects: what is missing is said in the answer. */
export async function findCompose(dockerCli: string | null, workDir: string): Promise<ComposeCli> {
  try {
    const program = findDockerCli(dockerCli);
    const plugin = findPlugin(program);
    const version = await versionOf(program, plugin, workDir);
    const problem = version === null ? t("projects.compose.missing", { program }) : null;
    return { program, plugin, version, problem };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { program: "", plugin: null, version: null, problem: error.message };
  }
}

async function versionOf(program: string, plugin: string | null, workDir: string): Promise<string | null> {
  const folder = makeRunFolder(workDir, []);
  try {
    linkPlugin(folder.config, plugin);
    const asked = promisify(execFile)(program, ["--config", folder.config, "compose", "version", "--short"], {
      timeout: 20_000,
      env: commandEnv(folder.config, {}),
    });
    // The old docker-compose, a program of its own, is no plugin and answers otherwise.
    return await asked.then(({ stdout }) => /^v?([2-9]\d*\.\d[\w.+~-]*)/.exec(stdout.trim())?.[1] ?? null);
  } catch {
    return null;
  } finally {
    folder.remove();
  }
}

/** One run of `docker compose`. */
export interface ComposeRun extends Omit<CommandRun, "program" | "args" | "longestMs"> {
  readonly cli: Pick<ComposeCli, "program" | "plugin">;
  /** `unix://…` of this run's private socket. */
  readonly host: string;
  readonly project: string;
  /** None: compose goes by the labels of what is there. */
  readonly composeFiles: readonly string[];
  /** What to do: `["up", "--detach"]`. */
  readonly words: readonly string[];
}

/** Runs it without a shell. Answers the exit code; null when it was ended or never began. */
export function runComposeCli(run: ComposeRun): Promise<number | null> {
  linkPlugin(run.config, run.cli.plugin);
  const args = [
    "--config", run.config, "--host", run.host, "compose", "--ansi", "never", "--project-name", run.project,
    ...run.composeFiles.flatMap((file) => ["--file", file]),
    ...run.words,
  ]; // biome-ignore format: one list
  return runCommand({ ...run, program: run.cli.program, args, longestMs: longestRunMs });
}
