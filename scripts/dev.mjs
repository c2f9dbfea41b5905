/** `npm run dev`: the server from source, restarted when it changes; pages reload by themselves. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { node24, repo } from "./node24.mjs";

const watched = ["lib/server", "lib/shared", "lib/sim"].map((folder) => `--watch-path=${join(repo, folder)}`);
const args = [
  ...watched,
  "--watch-preserve-output",
  join(repo, "lib/server/dev.ts"),
  ...process.argv.slice(2),
];
const env = { ...process.env, NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" };
const child = spawn(node24(), args, { cwd: repo, stdio: "inherit", env });
process.on("SIGINT", () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("exit", (code) => process.exit(code ?? 1));
