/** One fact of an audit row in readable form: a value, or what it was and what it became. */
export interface FactLine {
  readonly name: string;
  readonly from?: string;
  readonly to: string;
}

/** The facts of an audit row, one line each. `{ from, to }` and `{ before, after }` are differences. */
export function factLines(facts: Readonly<Record<string, unknown>>): FactLine[] {
  return Object.entries(facts).map(([key, value]) => {
    const name = key.replace(
      /([a-z])([A-Z])/g,
      (_, end: string, start: string) => `${end} ${start.toLowerCase()}`,
    );
    const difference = differenceOf(value);
    return difference ? { name, ...difference } : { name, to: words(value) };
  });
}

/** All facts in one line of text: `role: viewer → operator; code: conflict`. */
export function factText(facts: Readonly<Record<string, unknown>>): string {
  return factLines(facts)
    .map(({ name, from, to }) => `${name}: ${from === undefined ? to : `${from} → ${to}`}`)
    .join("; ");
}

function differenceOf(value: unknown): { from: string; to: string } | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const keys = Object.keys(value).sort().join();
  const fields = value as Readonly<Record<string, unknown>>;
  if (keys === "from,to") return { from: words(fields.from), to: words(fields.to) };
  if (keys === "after,before") return { from: words(fields.before), to: words(fields.after) };
  return null;
}

function words(value: unknown): string {
  if (typeof value === "string") return value === "" ? '""' : value;
  if (Array.isArray(value)) return value.map(words).join(", ");
  if (typeof value !== "object" || value === null) return String(value);
  if (Object.keys(value).length === 0) return "none";
  return Object.entries(value)
    .map(([name, entry]) => `${name}=${words(entry)}`)
    .join(", ");
}
