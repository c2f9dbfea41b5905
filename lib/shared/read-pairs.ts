/** What a person wrote as `name=value`, one a line. */
export interface ReadPairs {
  readonly pairs: Readonly<Record<string, string>>;
  /** The first line without a name; null: there is none. */
  readonly bad: string | null;
}

/** Reads lines of `name=value`; a name alone has an empty value, and empty lines are left out. */
export function readPairs(text: string): ReadPairs {
  const pairs: Record<string, string> = {};
  let bad: string | null = null;
  for (const line of text.split("\n").map((each) => each.trim())) {
    if (line === "") continue;
    const at = line.indexOf("=");
    if (at === 0) bad ??= line;
    else if (at < 0) pairs[line] = "";
    else pairs[line.slice(0, at)] = line.slice(at + 1);
  }
  return { pairs, bad };
}
