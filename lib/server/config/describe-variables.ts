import { type Variable, variables } from "./variables.ts";

const all: readonly Variable[] = Object.values(variables);

/** The settings as lines for `shoal serve --help`, wrapped for a terminal of 100 columns. */
export function settingsHelp(): string {
  return all
    .map((variable) => {
      const head = variable.flag === null ? variable.env : `--${variable.flag} ${variable.argument}`;
      const same = variable.flag === null ? "" : ` [${variable.env}]`;
      const facts = `Allowed: ${variable.allowed}. Default: ${variable.defaultText}.`;
      return [`  ${head}${same}`, ...wrap(variable.description, 6), ...wrap(facts, 6)].join("\n");
    })
    .join("\n");
}

/** The settings as the Markdown table of the README. */
export function settingsTable(): string {
  const cell = (text: string): string => text.replaceAll("|", "\\|");
  const rows = all.map((variable) => {
    const flag = variable.flag === null ? "" : `\`--${variable.flag}\``;
    return `| \`${variable.env}\` | ${flag} | ${cell(variable.defaultText)} | ${cell(variable.description)} Allowed: ${cell(variable.allowed)}. |`;
  });
  return ["| Variable | Flag | Default | Meaning |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function wrap(text: string, indent: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && indent + line.length + 1 + word.length > 100) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((entry) => " ".repeat(indent) + entry);
}
