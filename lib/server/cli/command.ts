import type { ParseArgsConfig } from "node:util";

/** What a command is given: parsed flags, the words after them, and where to write. */
export interface CommandInput {
  readonly flags: Readonly<Record<string, string | undefined>>;
  readonly words: readonly string[];
  /** Folder of the entry file; the payload's pages are beside it. */
  readonly home: string;
  /** Names the build of the payload. */
  readonly build: string;
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The first line of standard input; null when nothing is sent to it. */
  readInput(): Promise<string | null>;
  /** Standard output: the result alone. */
  out(text: string): void;
  /** Standard error: everything said to the person. */
  say(text: string): void;
}

/** One command of the `shoal` program. */
export interface Command {
  /** One or two words: `token create`. */
  readonly name: string;
  /** What follows the name, for the help. */
  readonly usage: string;
  readonly summary: string;
  /** Further help below the summary. */
  readonly details?: () => string;
  readonly options: NonNullable<ParseArgsConfig["options"]>;
  /** How many words it takes. */
  readonly words: number;
  run(input: CommandInput): Promise<void>;
}

/** A mistake in how the program was called: printed with the command's help, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Flag of the commands that use the data folder without a server. */
export const dataDirOption = { "data-dir": { type: "string" } } as const;
