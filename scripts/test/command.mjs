import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";

/** The repository's root. */
export const root = join(import.meta.dirname, "../..");
const bin = join(root, "node_modules/.bin");

const running = new Set();

/** Ends every program that still runs, with its children. */
export function endRunning() {
  for (const child of running) killGroup(child, "SIGTERM");
}

function killGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

/**
 * Runs a program in the repository and answers its exit code and everything it printed. Programs of node_modules come
 * first on PATH, so `node` is the project's own Node 24 there; `{own: false}` runs the machine's.
 *
 * @param {string} file
 * @param {string[]} args
 * @param {{deadline?: number, env?: Record<string, string>, own?: boolean}} options deadline in performance.now()
 * @returns {Promise<{code: number | null, output: string}>}
 */
export function run(file, args, { deadline = Number.POSITIVE_INFINITY, env = {}, own = true } = {}) {
  return new Promise((resolve) => {
    const path = own ? bin + delimiter + process.env.PATH : process.env.PATH;
    const child = spawn(file, args, {
      cwd: root,
      detached: true, // a process group of its own: its end takes its children with it
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1", ...env, PATH: path },
    });
    running.add(child);
    let output = "";
    const append = (chunk) => {
      output += chunk;
    };
    child.stdout.setEncoding("utf8").on("data", append);
    child.stderr.setEncoding("utf8").on("data", append);
    const left = deadline - performance.now();
    const timers = [];
    if (Number.isFinite(left)) {
      timers.push(
        setTimeout(
          () => {
            append("\nThe time for the whole run is over (--limit-minutes): this step was ended.\n");
            killGroup(child, "SIGTERM");
            timers.push(setTimeout(() => killGroup(child, "SIGKILL"), 10_000));
          },
          Math.max(0, left),
        ),
      );
    }
    const done = (code) => {
      for (const timer of timers) clearTimeout(timer);
      running.delete(child);
      resolve({ code, output });
    };
    child.once("error", (error) => {
      append(`${file}: ${error.message}\n`);
      done(null);
    });
    child.once("close", done);
  });
}
