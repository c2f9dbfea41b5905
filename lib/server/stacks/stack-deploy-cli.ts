import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type CommandRun, runCommand } from "../docker-cli/run-command.ts";

/** Longest run of the command: a registry that does not answer must not keep a stack for ever, ms. */
const longestRunMs = 15 * 60_000;

/** One run of `docker stack deploy`. */
export interface CliRun extends Omit<CommandRun, "args" | "longestMs"> {
  /** `unix://…` of this run's private socket. */
  readonly host: string;
  readonly stack: string;
  readonly composeFiles: readonly string[];
  readonly prune: boolean;
  readonly resolveImage: string;
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
  return runCommand({ ...run, args, longestMs: longestRunMs });
}
