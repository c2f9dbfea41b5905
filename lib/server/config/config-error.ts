import type { Variable } from "./variables.ts";

/** A setting that cannot be used. The message names the variable, its value (unless secret) and what is allowed. */
export class ConfigError extends Error {
  readonly variable: string;

  constructor(variable: Pick<Variable, "env" | "allowed" | "secret">, value: string, reason: string) {
    // A password written into an address stays out of the log.
    const text = value.slice(0, 200).replace(/\/\/[^/@]*@/, "//(hidden)@");
    const shown = variable.secret ? "(hidden)" : JSON.stringify(text);
    const because = reason === "" ? "" : `: ${reason}`;
    super(`${variable.env} is ${shown}${because}. Allowed: ${variable.allowed}.`);
    this.name = "ConfigError";
    this.variable = variable.env;
  }
}
