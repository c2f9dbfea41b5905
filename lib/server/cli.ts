#!/usr/bin/env node
import "#lib/shared/i18n/pages/all.ts";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { backupCommand, restoreCommand } from "./cli/backup-commands.ts";
import { readFirstLine } from "./cli/read-first-line.ts";
import { runCli } from "./cli/run-cli.ts";
import { serveCommand } from "./cli/serve-command.ts";
import { tokenCreateCommand } from "./cli/token-command.ts";
import { resetPasswordCommand, resetTwoFactorCommand, userListCommand } from "./cli/user-command.ts";

/** Entry of the program `shoal`; the build bundles it as dist/shoal.mjs with the pages beside it. */
const home = import.meta.dirname;
const { version, build }: { version: string; build: string } = JSON.parse(
  readFileSync(join(home, "package.json"), "utf8"),
);

const commands = [
  serveCommand,
  tokenCreateCommand,
  userListCommand,
  resetPasswordCommand,
  resetTwoFactorCommand,
  backupCommand,
  restoreCommand,
];

process.exitCode = await runCli(commands, {
  words: process.argv.slice(2),
  env: process.env,
  home,
  build,
  version,
  readInput: () => readFirstLine(process.stdin),
  out: (text) => void process.stdout.write(`${text}\n`),
  say: (text) => void process.stderr.write(`${text}\n`),
});
