import type { ShellState } from "./programs.ts";
import { runCommand, runLine } from "./shell.ts";

/** Where a process writes, and what it says at its end. */
export interface ProcessEnds {
  out(text: string): void;
  err(text: string): void;
  over(exitCode: number): void;
}

/** A process that takes input. */
export interface ToyProcess {
  input(text: string): void;
  /** The end of its input. */
  end(): void;
}

/** Starts a command. One that reads its input goes on until that ends; a shell also until it is told to leave. */
export function startProcess(
  state: ShellState,
  command: readonly string[],
  tty: boolean,
  hasInput: boolean,
  ends: ProcessEnds,
): ToyProcess {
  const name = (command[0] ?? "").replace(/^\/(usr\/)?bin\//, "");
  if (/^(a|ba)?sh$/.test(name) && !command.includes("-c")) return startShell(state, tty, ends);
  if (name === "cat" && command.length === 1 && hasInput) return startCat(tty, ends);
  const said = runCommand(state, command, "");
  const shown = (text: string) => (tty ? text.replaceAll("\n", "\r\n") : text);
  if (said.out !== "") ends.out(shown(said.out));
  if (said.err !== "") (tty ? ends.out : ends.err)(shown(said.err));
  ends.over(said.code);
  return { input: () => {}, end: () => {} };
}

function startCat(tty: boolean, ends: ProcessEnds): ToyProcess {
  let isOver = false;
  const over = (code: number) => {
    if (!isOver) ends.over(code);
    isOver = true;
  };
  return {
    input(text) {
      if (tty && text.includes("\x04")) over(0);
      else if (tty && text.includes("\x03")) over(130);
      else ends.out(tty ? text.replaceAll("\r", "\r\n") : text);
    },
    end: () => over(0),
  };
}

function startShell(state: ShellState, tty: boolean, ends: ProcessEnds): ToyProcess {
  let line = "";
  let code = 0;
  let isOver = false;
  const prompt = () => tty && ends.out(`${state.env.get("PS1") ?? `${state.folder} # `}`);
  const over = () => {
    if (isOver) return;
    isOver = true;
    ends.over(code);
  };
  const run = () => {
    const said = runLine(state, line);
    line = "";
    code = said.code;
    state.env.set("?", String(code));
    const shown = (text: string) => (tty ? text.replaceAll("\n", "\r\n") : text);
    if (said.out !== "") ends.out(shown(said.out));
    if (said.err !== "") (tty ? ends.out : ends.err)(shown(said.err));
    if (said.left) over();
    else prompt();
  };
  /** Keys as a terminal sends them, with what it shows of them. */
  const key = (char: string) => {
    if (char === "\r" || char === "\n") {
      if (tty) ends.out("\r\n");
      run();
    } else if (tty && char === "\x03") {
      ends.out("^C\r\n");
      line = "";
      prompt();
    } else if (tty && char === "\x04") {
      if (line === "") over();
    } else if (tty && (char === "\x7f" || char === "\b")) {
      if (line !== "") ends.out("\b \b");
      line = line.slice(0, -1);
    } else if (char >= " " || char === "\t") {
      line += char;
      if (tty) ends.out(char);
    }
  };
  prompt();
  return {
    input(text) {
      // Answers of the terminal and arrow keys are no text.
      for (const char of text.replaceAll(/\p{Cc}\[[\d;]*[A-Za-z~]/gu, "")) if (!isOver) key(char);
    },
    end() {
      if (line !== "") run();
      over();
    },
  };
}
