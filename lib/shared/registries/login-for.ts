import { registryOf } from "../images/reference.ts";
import type { RegistryItem } from "./types.ts";

type Login = Pick<RegistryItem, "address" | "clusters" | "updatedAt">;

/** What engines want to know a registry by. */
export function serverAddress({ address }: Pick<RegistryItem, "address">): string {
  return registryOf(`${address}/any/image`);
}

/**
 * The login that an image of a cluster is pulled with: one for its registry, rather one that names the cluster than one for
 * all, and of several the newest. Null: there is none.
 */
export function loginFor<Item extends Login>(
  logins: readonly Item[],
  image: string,
  cluster: string,
): Item | null {
  const registry = registryOf(image);
  const fitting = logins.filter(
    (each) => serverAddress(each) === registry && (each.clusters === null || each.clusters.includes(cluster)),
  );
  const rank = ({ clusters }: Login) => (clusters === null ? 1 : 0);
  return fitting.toSorted((a, b) => rank(a) - rank(b) || b.updatedAt - a.updatedAt)[0] ?? null;
}
