/**
 * The members in which two parsed documents differ, as paths (`TaskTemplate.ContainerSpec.Image`). Absent, null, empty,
 * false and zero are the same: clients of different versions differ in which of them they write.
 */
export function specDifferences(a: unknown, b: unknown): readonly (readonly string[])[] {
  const found: string[][] = [];
  walk(a, b, [], found);
  return found;
}

function walk(a: unknown, b: unknown, path: readonly string[], found: string[][]): void {
  if (a === b || (isZero(a) && isZero(b))) return;
  const [left, right] = [membersOf(a), membersOf(b)];
  if (left === null || right === null) {
    if (!sameList(a, b)) found.push([...path]);
    return;
  }
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    walk(left.get(key), right.get(key), [...path, key], found);
  }
}

/** The members of an object, none of an absent one; null for anything else. */
function membersOf(value: unknown): Map<string, unknown> | null {
  if (value === undefined || value === null) return new Map();
  if (typeof value !== "object" || Array.isArray(value)) return null;
  return new Map(Object.entries(value));
}

/**
 * Lists of texts say something by their order (a command line); lists of objects (mounts, networks, ports) do not, and
 * the docker command sorts them.
 */
function sameList(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  const [left, right] = [a.map(canonical), b.map(canonical)];
  if ([...a, ...b].every((item) => membersOf(item) !== null)) {
    left.sort();
    right.sort();
  }
  return left.every((item, index) => item === right[index]);
}

/** A text that is the same for values that are the same. */
function canonical(value: unknown): string {
  if (isZero(value)) return "";
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const members = membersOf(value);
  if (members === null) return JSON.stringify(value);
  const written = [...members].filter(([, member]) => !isZero(member));
  return `{${written
    .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`)
    .sort()
    .join()}}`;
}

/** `number 0` is how an exactly parsed zero looks. */
function isZero(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === "" || value === "number 0")
    return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && Object.values(value).every(isZero);
}
