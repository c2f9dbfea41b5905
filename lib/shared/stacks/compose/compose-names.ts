/** Label by which Docker knows the stack of a thing. */
export const namespaceLabel = "com.docker.stack.namespace";
/** Label with the image as the file names it, without a digest. */
export const imageLabel = "com.docker.stack.image";

/** A thing of the top level of a compose file, by the key under which services name it. */
export type TopLevel = Map<string, Readonly<Record<string, unknown>>>;

/** Finds and invents keys of one part of the top level: a thing of the stack has its own name, others are external. */
export class Names {
  readonly entries: TopLevel = new Map();
  private readonly keys = new Map<string, string>();
  private readonly namespace: string | null;

  constructor(namespace: string | null) {
    this.namespace = namespace;
  }

  /** Nothing here belongs to a stack. */
  get isOutside(): boolean {
    return this.namespace === null;
  }

  /** The name without the stack's prefix; null when it does not have it. */
  short(name: string): string | null {
    const prefix = `${this.namespace}_`;
    return this.namespace !== null && name.startsWith(prefix) && name.length > prefix.length
      ? name.slice(prefix.length)
      : null;
  }

  /** The key for the thing of this name; `own` describes it when it belongs to the stack. */
  key(name: string, own: Readonly<Record<string, unknown>> | null): string {
    const known = this.keys.get(name);
    if (known !== undefined) return known;
    const key = this.free(this.short(name) ?? name);
    this.keys.set(name, key);
    const isPrefixed = own !== null && this.short(name) === key;
    this.entries.set(key, {
      ...(own === null ? { external: true } : own),
      ...(!isPrefixed && (own !== null || key !== name) && { name }),
    });
    return key;
  }

  private free(wanted: string): string {
    const plain = wanted.replace(/[^A-Za-z0-9._-]/g, "_");
    for (let i = 1; ; i += 1) {
      const key = i === 1 ? plain : `${plain}_${i}`;
      if (!this.entries.has(key)) return key;
    }
  }
}

/** Labels without those that Docker adds to what is in a stack. */
export function ownLabels(
  labels: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> | undefined {
  const own = Object.entries(labels).filter(([name]) => name !== namespaceLabel && name !== imageLabel);
  return own.length === 0 ? undefined : Object.fromEntries(own);
}

/** Without the fields that say nothing, and undefined when none does. */
export function compact<T extends Readonly<Record<string, unknown>>>(fields: T): Partial<T> | undefined {
  const said = Object.entries(fields).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return said.length === 0 ? undefined : (Object.fromEntries(said) as Partial<T>);
}
