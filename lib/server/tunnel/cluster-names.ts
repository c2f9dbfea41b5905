/** The cluster of the server's own engine, or of the agents deployed with it. */
export const ownCluster = "local";

const reserved: ReadonlySet<string> = new Set([ownCluster, "demo", "demo-branch"]);

/** The id of a new cluster in addresses, made from its name: unlike every id in use. */
export function clusterIdFor(name: string, inUse: (id: string) => boolean): string {
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
  // A name in another script has no letters left: an id need not be pretty.
  const base = plain === "" ? "cluster" : plain;
  const taken = (id: string) => reserved.has(id) || inUse(id);
  if (!taken(base)) return base;
  let n = 2;
  while (taken(`${base}-${n}`)) n += 1;
  return `${base}-${n}`;
}
