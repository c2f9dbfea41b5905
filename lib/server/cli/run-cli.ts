import { parseArgs } from "node:util";
import { ConfigError } from "#lib/server/config/config-error.ts";
import { isAppError } from "#lib/shared/errors.ts";
import { type Command, type CommandInput, UsageError } from "./command.ts";

/** Where the program runs: its words, its environment, and its two outputs. */
export interface CliContext
  extends Pick<CommandInput, "build" | "env" | "home" | "out" | "readInput" | "say" | "version"> {
  readonly words: readonly string[];
}

/**
 * Runs one call of the program and answers its exit code: 0 done, 1 failed, 2 called or configured wrongly.
 * For `serve`, 0 means that the server listens.
 */
export async function runCli(commands: readonly Command[], context: CliContext): Promise<number> {
  const { words, say, out } = context;
  if (words[0] === "--version") return print(out, context.version);
  if (words.length === 0 || words[0] === "--help" || words[0] === "help")
    return print(out, overview(commands));
  const command = commands.find(({ name }) => name === words.slice(0, name.split(" ").length).join(" "));
  if (command === undefined) {
    say(`shoal: there is no command "${words[0]}".\n\n${overview(commands)}`);
    return 2;
  }
  const rest = words.slice(command.name.split(" ").length);
  if (rest.includes("--help")) return print(out, helpOf(command));
  try {
    await command.run({ ...context, ...parse(command, rest) });
    return 0;
  } catch (error) {
    return report(error, command, say);
  }
}

function parse(command: Command, args: readonly string[]): Pick<CommandInput, "flags" | "words"> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: command.options,
      allowPositionals: true,
    });
    if (positionals.length !== command.words) {
      throw new UsageError(`shoal ${command.name} takes ${command.usage || "no further words"}`);
    }
    return { flags: values as CommandInput["flags"], words: positionals };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // parseArgs explains in further sentences what only programmers want to know.
    const text = error instanceof Error ? error.message : String(error);
    throw new UsageError(text.split(". ")[0] ?? text);
  }
}

function report(error: unknown, command: Command, say: CliContext["say"]): number {
  if (error instanceof UsageError) {
    say(
      `shoal: ${error.message}.\n\nUsage: shoal ${command.name} ${command.usage}\nshoal ${command.name} --help tells more.`,
    );
    return 2;
  }
  const expected =
    error instanceof ConfigError || isAppError(error) || (error as Error)?.name === "DataError";
  if (expected && error instanceof Error) say(`shoal: ${error.message}`);
  else say(`shoal: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return error instanceof ConfigError ? 2 : 1;
}

function print(out: CliContext["out"], text: string): number {
  out(text);
  return 0;
}

function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name, usage }) => `${name} ${usage}`.length));
  const lines = commands.map(
    ({ name, usage, summary }) => `  shoal ${`${name} ${usage}`.padEnd(width)}  ${summary}`,
  );
  return [
    "Shoal, a live dashboard for Docker Swarm.",
    "",
    ...lines,
    "",
    "  shoal COMMAND --help  tells more, shoal --version the version.",
  ].join("\n");
}

function helpOf(command: Command): string {
  const details = command.details === undefined ? [] : ["", command.details()];
  return [`shoal ${command.name} ${command.usage}`.trimEnd(), "", command.summary, ...details].join("\n");
}
