type Fields = Record<string, unknown>;

/**
 * Reads fields out of a specification and remembers what nobody has asked for, so that a translation can say what it
 * cannot carry. Works on a copy.
 */
export interface Taker {
  /** The field's value; it counts as read. */
  take(key: string): unknown;
  text(key: string): string | undefined;
  number(key: string): number | undefined;
  yes(key: string): boolean;
  texts(key: string): readonly string[];
  /** Objects of a list; what is left of each is left of this. */
  list(key: string): readonly Taker[];
  /** The object there, or an empty one. */
  in(key: string): Taker;
  has(key: string): boolean;
  /** Counts the field as read when it has this value. */
  drop(key: string, value: unknown): void;
  /** Gives a field back that turned out to be of no use: it counts as not read. */
  give(key: string, value: unknown): void;
  /** A map of texts. */
  map(key: string): Readonly<Record<string, string>>;
  /** Paths, `TaskTemplate.ContainerSpec.Groups`, of everything that says something and was not read. */
  leftovers(): readonly string[];
}

export function takerOf(value: unknown): Taker {
  return new Fieldset(isFields(value) ? { ...value } : {});
}

class Fieldset implements Taker {
  private readonly fields: Fields;
  private readonly inner: { path: string; taker: Taker }[] = [];

  constructor(fields: Fields) {
    this.fields = fields;
  }

  take(key: string): unknown {
    const value = this.fields[key];
    delete this.fields[key];
    return value;
  }

  text(key: string): string | undefined {
    const value = this.take(key);
    return typeof value === "string" && value !== "" ? value : undefined;
  }

  number(key: string): number | undefined {
    const value = this.take(key);
    return typeof value === "number" && Number.isFinite(value) ? value : undefined;
  }

  yes(key: string): boolean {
    return this.take(key) === true;
  }

  texts(key: string): readonly string[] {
    const value = this.take(key);
    return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
  }

  list(key: string): readonly Taker[] {
    const value = this.take(key);
    return (Array.isArray(value) ? value : []).map((item, i) => this.inside(`${key}[${i}]`, item));
  }

  in(key: string): Taker {
    return this.inside(key, this.take(key));
  }

  has(key: string): boolean {
    return this.fields[key] !== undefined && this.fields[key] !== null;
  }

  drop(key: string, value: unknown): void {
    if (this.fields[key] === value) delete this.fields[key];
  }

  give(key: string, value: unknown): void {
    this.fields[key] = value;
  }

  map(key: string): Readonly<Record<string, string>> {
    const value = this.take(key);
    if (!isFields(value)) return {};
    return Object.fromEntries(
      Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    );
  }

  leftovers(): readonly string[] {
    return [
      ...Object.entries(this.fields)
        .filter(([, value]) => says(value))
        .map(([key]) => key),
      ...this.inner.flatMap(({ path, taker }) => taker.leftovers().map((rest) => `${path}.${rest}`)),
    ];
  }

  private inside(path: string, value: unknown): Taker {
    const taker = takerOf(value);
    this.inner.push({ path, taker });
    return taker;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Docker writes fields that were never set as zero, empty or null; those say nothing. */
function says(value: unknown): boolean {
  if (value === null || value === undefined || value === "" || value === 0 || value === false) return false;
  return typeof value !== "object" || Object.values(value).some(says);
}
