import { t } from "#lib/shared/i18n/translate.ts";
import type { StackProblem } from "#lib/shared/stacks/types.ts";
import type { ComposeTree } from "./compose-tree.ts";

/** Most kept of what the command says, characters: its end tells how it went. */
const longestOutput = 64 * 1024;

/** Gathers output up to a length; what is cut is said. */
export function createOutput() {
  let text = "";
  let isCut = false;
  return {
    add(more: string): void {
      text += more.replace(/\r\n?/g, "\n");
      if (text.length <= longestOutput) return;
      text = text.slice(text.length - longestOutput);
      isCut = true;
    },
    text: () => (isCut ? `${t("deploy.output.cut")}\n${text}` : text),
  };
}

/** Why the command failed, by what it said last, with the line where it names a part of the file. */
export function failureOf(output: string, trees: readonly ComposeTree[]): StackProblem {
  const lines = output.trim().split("\n");
  const said = (lines.findLast((line) => line.trim() !== "") ?? "").replace(
    /^Error response from daemon: /,
    "",
  );
  const place = placeOf(said, trees);
  return {
    severity: "error",
    message: said === "" ? t("deploy.error.silent") : said.slice(0, 1000),
    file: place?.file ?? null,
    line: place?.line ?? null,
  };
}

/** `services.web.ports.0 must be …`, `services.web Additional property x is not allowed`, `services.web.image: "…"`. */
function placeOf(said: string, trees: readonly ComposeTree[]): { file: string; line: number } | null {
  const [path] = /\b(services|networks|volumes|secrets|configs)(\.[\w-]+)+/.exec(said) ?? [];
  const [, extra] = /Additional property (\S+) is not allowed/.exec(said) ?? [];
  const [, yamlLine] = /yaml: line (\d+)/.exec(said) ?? [];
  if (path === undefined) {
    const [first] = trees;
    if (extra !== undefined && first) return found(trees, [extra]);
    return yamlLine !== undefined && first ? { file: first.file, line: Number(yamlLine) } : null;
  }
  const keys = path.split(".");
  return found(trees, extra === undefined ? keys : [...keys, extra]);
}

function found(
  trees: readonly ComposeTree[],
  path: readonly string[],
): { file: string; line: number } | null {
  // A later file overrides: it is to blame first.
  for (const tree of [...trees].reverse()) {
    const line = tree.lineOf(path);
    if (line !== null) return { file: tree.file, line };
  }
  return null;
}
