import { spawn } from "node:child_process";

/** One run of the docker command. */
export interface CommandRun {
  readonly program: string;
  readonly args: readonly string[];
  /** Folder of the files, its working directory. */
  readonly folder: string;
  /** Folder of a configuration that is this run's own. */
  readonly config: string;
  /** Variables of the files. */
  readonly env: Readonly<Record<string, string>>;
  /** A registry that does not answer must not keep it for ever, ms. */
  readonly longestMs: number;
  readonly signal: AbortSignal;
  readonly onOutput: (text: string) => void;
}

/** Nothing of the server's own environment: it may hold secrets, and a file could ask for them by name. */
export function commandEnv(config: string, env: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...env, PATH: "/usr/local/bin:/usr/bin:/bin", HOME: config } as unknown as NodeJS.ProcessEnv;
}

/** Runs it without a shell. Answers the exit code; null when it was ended or never began. */
export function runCommand(run: CommandRun): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(run.program, run.args, {
      cwd: run.folder,
      env: commandEnv(run.config, run.env),
      stdio: ["ignore", "pipe", "pipe"],
      signal: AbortSignal.any([run.signal, AbortSignal.timeout(run.longestMs)]),
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
