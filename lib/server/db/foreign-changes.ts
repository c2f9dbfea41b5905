import type { Db } from "./open.ts";

/** A function that answers whether another process has written to the database since it was last asked. */
export function foreignChanges(db: Db): () => boolean {
  // https://www.sqlite.org/pragma.html#pragma_data_version: own writes do not move it.
  const read = (): number => db.pragma("data_version", { simple: true }) as number;
  let seen = read();
  return () => {
    const present = read();
    const changed = present !== seen;
    seen = present;
    return changed;
  };
}
