/**
 * Reads parsed JSON as an engine does: its names of members are the same in any case (Go's decoder folds them), so a
 * specification that writes `mounts` has mounts. A name that is there in several spellings gives all of its values.
 */

/** The values under a name, in any spelling; absent and null ones left out. */
export function valuesAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  return path.reduce<readonly unknown[]>(
    (found, name) => found.flatMap((each) => membersNamed(each, name)),
    [value],
  );
}

/** The items of all lists under a name. */
export function itemsAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  return valuesAt(value, ...path).flatMap((each) => (Array.isArray(each) ? each : []));
}

/** The texts under a name: a text itself, or the texts of a list. */
export function textsAt(value: unknown, ...path: readonly string[]): readonly string[] {
  return valuesAt(value, ...path)
    .flatMap((each) => (Array.isArray(each) ? each : [each]))
    .filter((each) => typeof each === "string");
}

/** Every member of the objects under a name, with its name as written. */
export function entriesAt(
  value: unknown,
  ...path: readonly string[]
): readonly (readonly [string, unknown])[] {
  return valuesAt(value, ...path).flatMap((each) => (isObject(each) ? Object.entries(each) : []));
}

/** Does a value say nothing: absent, empty, false, zero, or made of such? */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === "" || value === 0) return true;
  return typeof value === "object" && Object.values(value).every(isEmpty);
}

function membersNamed(value: unknown, name: string): readonly unknown[] {
  if (!isObject(value)) return [];
  const wanted = folded(name);
  return Object.entries(value).flatMap(([key, member]) =>
    folded(key) === wanted && member !== null && member !== undefined ? [member] : [],
  );
}

/** Go folds by Unicode: the Kelvin sign is a k, the long s an s. */
function folded(name: string): string {
  return name.toUpperCase().toLowerCase();
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
