import { type Variable, variables } from "./variables.ts";

/** The settings that have a flag, as options of `parseArgs`. */
export function variableFlags(): Record<string, { type: "string" }> {
  const all: readonly Variable[] = Object.values(variables);
  const flags = all.flatMap(({ flag }) => (flag === null ? [] : [flag]));
  return Object.fromEntries(flags.map((flag) => [flag, { type: "string" }]));
}
