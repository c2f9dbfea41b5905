/** Are two parsed objects equal, leaving out some members of the outermost? */
export function sameObject(a: object, b: object, skip?: ReadonlySet<string>): boolean {
  const left = a as Readonly<Record<string, unknown>>;
  const right = b as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(left)) {
    if (!skip?.has(key) && !sameValue(left[key], right[key])) return false;
  }
  return Object.keys(right).every((key) => skip?.has(key) || key in left || isEmpty(right[key]));
}

/** Are two parsed values equal, where absent, null and empty count as the same? */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isEmpty(a) || isEmpty(b)) return isEmpty(a) && isEmpty(b);
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
  }
  return sameObject(a, b);
}

/** Absent, null, an empty list and an empty object say the same; engines differ in which they write. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}
