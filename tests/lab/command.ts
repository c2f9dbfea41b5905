import { execFile } from "node:child_process";

/** How a command is run: extra environment, and how long it may take (60 s when not said). */
export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

/**
 * Runs a program and answers its stdout, without the trailing newline. Rejects when it exits non-zero or takes too
 * long; the error holds the command line and everything it printed.
 */
export function command(
  file: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const { env, timeoutMs = 60_000 } = options;
  return new Promise((resolve, reject) => {
    execFile(
      file,
      args,
      { env: { ...process.env, ...env }, timeout: timeoutMs, killSignal: "SIGKILL", maxBuffer: 64 << 20 },
      (error, stdout, stderr) => {
        if (!error) return resolve(stdout.trimEnd());
        const why = error.killed ? `took longer than ${timeoutMs} ms` : `exit code ${error.code}`;
        reject(
          new Error(`${file} ${args.join(" ")}: ${why}\n${stdout}${stderr}`.trimEnd(), { cause: error }),
        );
      },
    );
  });
}
