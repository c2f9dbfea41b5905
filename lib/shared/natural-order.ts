const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Orders names as people do: swarm-2 before swarm-10, case ignored; equal ones by code unit, so it is total. */
export function compareNatural(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
