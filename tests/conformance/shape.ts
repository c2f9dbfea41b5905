/** What a JSON value is made of, without what it says: `string`, `[string]`, `{ key: shape }`; several types as `a|b`. */
export type Shape = string | { readonly [key: string]: Shape };

/** Ids and the like that stand where names of keys stand. */
const idKey = /^([0-9a-f]{64}|[0-9a-z]{25}|[0-9a-f]{12})$/;

export function shapeOf(value: unknown): Shape {
  if (value === null) return "null";
  if (Array.isArray(value))
    return { "[]": value.length === 0 ? "nothing" : value.map(shapeOf).reduce(merge) };
  if (typeof value !== "object") return typeof value;
  const shape: Record<string, Shape> = {};
  for (const [key, each] of Object.entries(value)) {
    const name = idKey.test(key) ? "<id>" : key;
    const made = shapeOf(each);
    shape[name] = shape[name] === undefined ? made : merge(shape[name], made);
  }
  return shape;
}

function merge(one: Shape, other: Shape): Shape {
  if (typeof one === "string" || typeof other === "string") {
    if (typeof one === "string" && typeof other === "string") {
      return [...new Set([...one.split("|"), ...other.split("|")])].sort().join("|");
    }
    // An object here and null there: the object says more.
    return typeof one === "string" ? other : one;
  }
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries(
    [...keys].map((key) => {
      const [a, b] = [one[key], other[key]];
      return [key, a === undefined ? (b as Shape) : b === undefined ? a : merge(a, b)];
    }),
  );
}

/** One difference per place: `Spec.Mode: string in the lab, null simulated`. */
export function shapeDifferences(lab: Shape | undefined, sim: Shape | undefined, path = ""): string[] {
  const where = path === "" ? "the whole" : path;
  if (lab === undefined) return [`${where}: only simulated (${wordFor(sim)})`];
  if (sim === undefined) return [`${where}: only in the lab (${wordFor(lab)})`];
  if (typeof lab === "string" || typeof sim === "string") {
    return wordFor(lab) === wordFor(sim)
      ? []
      : [`${where}: ${wordFor(lab)} in the lab, ${wordFor(sim)} simulated`];
  }
  const keys = [...new Set([...Object.keys(lab), ...Object.keys(sim)])].sort();
  return keys.flatMap((key) =>
    shapeDifferences(lab[key], sim[key], key === "[]" ? `${path}[]` : path === "" ? key : `${path}.${key}`),
  );
}

function wordFor(shape: Shape | undefined): string {
  if (shape === undefined) return "nothing";
  if (typeof shape === "string") return shape;
  return "[]" in shape ? "array" : "object";
}

/** A sentence with what differs from run to run taken out. */
export function normalise(text: string): string {
  return text
    .replace(/\b[0-9a-f]{64}\b/g, "<hex>")
    .replace(/\b(?=[a-z]*\d)[0-9a-z]{25}\b/g, "<id>")
    .replace(/\b[0-9a-f]{12}\b/g, "<short>")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>")
    .replace(/\b\d+\.\d+\.\d+\.\d+(:\d+)?\b/g, "<address>");
}
