import { programs, type ShellState } from "./programs.ts";

/** What a command line did. `left`: the shell is over. */
export interface Outcome {
  readonly out: string;
  readonly err: string;
  readonly code: number;
  readonly left: boolean;
}

type Token = { readonly word: string } | { readonly op: string };

/** Runs a line of the toy shell: words, quotes, variables, sums, pipes, `;`, `&&` and `||`. */
export function runLine(state: ShellState, line: string, input = ""): Outcome {
  let [out, err, code] = ["", "", 0];
  const tokens = tokensOf(state, line);
  let glue = ";";
  for (let from = 0; from < tokens.length; ) {
    const end = tokens.findIndex((token, at) => at >= from && "op" in token && token.op !== "|");
    const part = tokens.slice(from, end < 0 ? tokens.length : end);
    const skip = (glue === "&&" && code !== 0) || (glue === "||" && code === 0);
    if (!skip && part.length > 0) {
      const said = runPipe(state, part, input);
      out += said.out;
      err += said.err;
      code = said.code;
      if (said.left) return { out, err, code, left: true };
    }
    const next = end < 0 ? undefined : tokens[end];
    glue = next !== undefined && "op" in next ? next.op : ";";
    from = end < 0 ? tokens.length : end + 1;
  }
  return { out, err, code, left: false };
}

function runPipe(state: ShellState, tokens: readonly Token[], input: string): Outcome {
  let [given, err, code] = [input, "", 0];
  const commands: string[][] = [[]];
  for (const token of tokens) {
    if ("op" in token) commands.push([]);
    else commands.at(-1)?.push(token.word);
  }
  for (const words of commands) {
    const said = runCommand(state, words, given);
    if (said.left) return { ...said, err: err + said.err };
    given = said.out;
    err += said.err;
    code = said.code;
  }
  return { out: given, err, code, left: false };
}

/** Runs one program with its arguments. */
export function runCommand(state: ShellState, words: readonly string[], input: string): Outcome {
  const [name = "", ...args] = words;
  const assigned = /^([A-Za-z_]\w*)=(.*)$/.exec(name);
  if (assigned && args.length === 0) {
    state.env.set(assigned[1] ?? "", assigned[2] ?? "");
    return { out: "", err: "", code: 0, left: false };
  }
  if (name === "exit") return { out: "", err: "", code: (Number(args[0] ?? 0) || 0) & 255, left: true };
  if (/^(\/bin\/)?(a|ba)?sh$/.test(name) && args[0] === "-c") {
    return { ...runLine({ ...state, env: new Map(state.env) }, args[1] ?? "", input), left: false };
  }
  const program = programs[name.replace(/^\/(usr\/)?bin\//, "")];
  if (!program) return { out: "", err: `sh: ${name}: not found\n`, code: 127, left: false };
  return { out: "", err: "", code: 0, left: false, ...program(state, args, input) };
}

function tokensOf(state: ShellState, line: string): Token[] {
  const tokens: Token[] = [];
  let word: string | null = null;
  const flush = () => {
    if (word !== null) tokens.push({ word });
    word = null;
  };
  for (let at = 0; at < line.length; ) {
    const rest = line.slice(at);
    const op = /^(&&|\|\||[;|\n])/.exec(rest)?.[0];
    const sum = /^\$\(\(([\d\s+*/-]*)\)\)/.exec(rest);
    const variable = /^\$\{?([A-Za-z_]\w*|\?)\}?/.exec(rest);
    const single = /^'([^']*)'/.exec(rest);
    const double = /^"((?:[^"\\]|\\.)*)"/.exec(rest);
    const space = /^\s+/.exec(rest)?.[0];
    if (op !== undefined) {
      flush();
      tokens.push({ op: op === "\n" ? ";" : op });
    } else if (space !== undefined) flush();
    else if (sum) word = `${word ?? ""}${calculate(sum[1] ?? "")}`;
    else if (variable) word = `${word ?? ""}${state.env.get(variable[1] ?? "") ?? ""}`;
    else if (single) word = `${word ?? ""}${single[1]}`;
    else if (double)
      word = `${word ?? ""}${(double[1] ?? "").replace(/\$\{?([A-Za-z_]\w*)\}?/g, (_, name: string) => state.env.get(name) ?? "")}`;
    else word = `${word ?? ""}${rest[0]}`;
    at += (op ?? space ?? sum?.[0] ?? variable?.[0] ?? single?.[0] ?? double?.[0] ?? " ").length;
  }
  flush();
  return tokens;
}

/** Sums of whole numbers, from left to right, products first. */
function calculate(text: string): number {
  const sum = text.replaceAll(/\s/g, "").match(/[+-]?[^+-]+/g) ?? [];
  return sum.reduce((total, part) => {
    const [first = "0", ...others] = part.split(/(?=[*/])/);
    return (
      total +
      others.reduce(
        (value, each) =>
          each.startsWith("*") ? value * Number(each.slice(1)) : Math.trunc(value / Number(each.slice(1))),
        Number(first),
      )
    );
  }, 0);
}
