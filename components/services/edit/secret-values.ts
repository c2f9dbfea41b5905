import type { Values } from "./form-state.ts";

/** The values of a service that were asked for. */
export interface Secrets {
  readonly items: readonly string[];
  readonly logOptions: Readonly<Record<string, string>>;
}

/** Values of secret fields as the form has them; a field that is not set is not in it. */
export function secretValues({ items, logOptions }: Secrets): Values {
  return {
    ...(items.length > 0 && { env: items }),
    ...(Object.keys(logOptions).length > 0 && { logOptions }),
  };
}
