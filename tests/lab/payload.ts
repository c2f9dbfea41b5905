import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const REPO = join(import.meta.dirname, "../..");
const PAYLOAD = join(REPO, "dist/shoal.mjs");

/** The project's own Node. */
export const NODE = join(REPO, "node_modules/.bin/node");

/** The built program, dist/shoal.mjs. Throws when it is not there. */
export function payload(): string {
  if (!existsSync(PAYLOAD))
    throw new Error("Shoal is not built: dist/shoal.mjs is missing. Run npm run build.");
  return PAYLOAD;
}

/** How the build wants Node to be called for a program, as the image and `npm start` do it. */
export function nodeFlags(program: "shoal" | "agent"): string[] {
  return readFileSync(join(REPO, `dist/${program}.flags`), "utf8")
    .trim()
    .split(/\s+/);
}

/** The environment without what a developer may have set (a DOCKER_HOST, a SHOAL_… of theirs): it must not change what is tested. */
export function cleanEnvironment(): Record<string, string | undefined> {
  const foreign = /^(DOCKER_|SHOAL_|NODE_|VITEST)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

/** How one call of the program ended. `code` is null when it had to be killed. */
export interface ProgramEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `shoal WORDS` to its end, and for 20 s at most: what should have ended is then killed. */
export function runShoal(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<ProgramEnd> {
  const child = spawn(NODE, [payload(), ...words], {
    cwd: tmpdir(),
    env: { ...cleanEnvironment(), ...env, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 20_000,
    killSignal: "SIGKILL",
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}
