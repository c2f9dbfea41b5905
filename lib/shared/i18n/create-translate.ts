/** A message: a sentence with `{name}` holes, or one sentence per plural form chosen by the parameter `n`. */
export type Message = string | { readonly one: string; readonly other: string };
export type MessageParams = Readonly<Record<string, string | number>>;

/**
 * Builds the translator of one language. Parameters are inserted as text, numbers in the language's own
 * digits grouping. A hole without a parameter stays visible as `{name}`, so that it is noticed.
 */
export function createTranslate<Key extends string>(
  catalogue: Readonly<Partial<Record<Key, Message>>>,
  locale: string,
): (key: Key, params?: MessageParams) => string {
  const plural = new Intl.PluralRules(locale);
  const number = new Intl.NumberFormat(locale);
  return (key, params = {}) => {
    // An area that was not loaded is a mistake a test finds; its key is better on the page than an error.
    const message: Message = catalogue[key] ?? key;
    const text =
      typeof message === "string"
        ? message
        : message[plural.select(Number(params.n ?? 0)) === "one" ? "one" : "other"];
    // Lists say thousands of words that have no hole.
    if (!text.includes("{")) return text;
    return text.replace(/\{(\w+)\}/g, (hole, name: string) => {
      const value = params[name];
      if (value === undefined) return hole;
      return typeof value === "number" ? number.format(value) : value;
    });
  };
}
