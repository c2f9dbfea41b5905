import type { MessageKey, Translate } from "./translate.ts";

/** A sentence of the catalogue that is not spoken yet: pure code decides what to say, the screen in which language. */
export interface Phrase {
  readonly key: MessageKey;
  /** Values of the holes; a phrase as value is spoken first. */
  readonly params?: Readonly<Record<string, string | number | Phrase>>;
}

/** Makes a phrase. */
export function phrase(key: MessageKey, params?: Phrase["params"]): Phrase {
  return params === undefined ? { key } : { key, params };
}

/** Speaks a phrase with a translator. */
export function say(t: Translate, { key, params }: Phrase): string {
  if (params === undefined) return t(key);
  const spoken: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(params)) {
    spoken[name] = typeof value === "object" ? say(t, value) : value;
  }
  return t(key, spoken);
}
