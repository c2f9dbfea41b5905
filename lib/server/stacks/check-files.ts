import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { composeProblems } from "#lib/shared/stacks/compose-problems.ts";
import { longestCompose, longestTotal, type StackContent, stackName } from "#lib/shared/stacks/schemas.ts";
import type { StackProblem } from "#lib/shared/stacks/types.ts";
import { type ComposeTree, readComposeTree } from "./compose-tree.ts";
import { envProblems, readEnv } from "./env-text.ts";

/** The files of a stack, read and judged by themselves: without a look at the cluster. */
export interface CheckedFiles {
  readonly trees: readonly ComposeTree[];
  readonly problems: readonly StackProblem[];
  /** The variables for the docker command. */
  readonly env: Readonly<Record<string, string>>;
}

/** Throws invalid_input for a name that is none of a stack, and too_large. */
export function checkFiles(stack: string, content: StackContent): CheckedFiles {
  if (!stackName.test(stack))
    throw new AppError("invalid_input", t("deploy.error.name", { name: stack.slice(0, 80) }));
  return readFiles(content, composeProblems);
}

/** The same for files of any kind: `judge` says what is wrong with one of them. Throws too_large. */
export function readFiles(content: StackContent, judge: typeof composeProblems): CheckedFiles {
  const { files, env } = content;
  const total = files.reduce((sum, { text }) => sum + text.length, env.length);
  if (total > longestTotal) throw new AppError("too_large", t("deploy.error.total", { n: longestTotal }));
  const composes = files.filter(({ kind }) => kind === "compose");
  const problems: StackProblem[] = [...doubleNames(files.map(({ name }) => name))];
  if (composes.length === 0) problems.push(general(t("deploy.problem.noCompose")));
  const small = composes.filter(({ name, text }) => {
    if (text.length <= longestCompose) return true;
    problems.push({ ...general(t("deploy.problem.long", { n: longestCompose / 1024 })), file: name });
    return false;
  });
  const trees = small.map(({ name, text }) => readComposeTree(name, text));
  const given = new Set(files.filter(({ kind }) => kind === "file").map(({ name }) => name));
  for (const tree of trees) {
    problems.push(...tree.problems);
    if (tree.problems.length === 0) problems.push(...judge(tree, given));
  }
  problems.push(...envProblems(env));
  return { trees, problems, env: readEnv(env) };
}

/** An error keeps files from the docker command. */
export function firstError(problems: readonly StackProblem[]): StackProblem | null {
  return problems.find(({ severity }) => severity === "error") ?? null;
}

/** The sentence of a problem with its place. */
export function problemInWords({ file, line, message }: StackProblem): string {
  if (file === null) return message;
  return line === null ? `${file}: ${message}` : t("deploy.problem.at", { file, line, message });
}

function general(message: string): StackProblem {
  return { severity: "error", message, file: null, line: null };
}

function doubleNames(names: readonly string[]): readonly StackProblem[] {
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  return twice.map((name) => general(t("deploy.problem.twice", { name })));
}
