import { type AccessRole, isAtLeast, mayDo, type Permission } from "./roles.ts";

/** What somebody may do: a role everywhere, and the clusters (by id) where another one, or none, holds instead. */
export interface Access {
  /** For the server as a whole, and in every cluster that is not named below, also in later ones. */
  readonly role: AccessRole;
  readonly clusters: ClusterRoles;
}

/** Roles by the id of the cluster they hold in. */
export type ClusterRoles = Readonly<Record<string, AccessRole>>;

/** The role in a cluster; `none`: it is not to be seen. Null stands for the server as a whole. */
export function roleIn({ role, clusters }: Access, cluster: string | null): AccessRole {
  // Ids come from addresses: what an object has by nature is no exception.
  return cluster !== null && Object.hasOwn(clusters, cluster) ? (clusters[cluster] ?? "none") : role;
}

/** The highest role that somebody has anywhere. */
export function highestRole({ role, clusters }: Access): AccessRole {
  return Object.values(clusters).reduce((high, each) => (isAtLeast(each, high) ? each : high), role);
}

/** May somebody do this anywhere at all? Where exactly is still to be asked. */
export function mayAnywhere(access: Access, permission: Permission): boolean {
  return mayDo(highestRole(access), permission);
}

/** What is left of an access that is held to a role, and, when `only` is given, to these clusters alone. */
export function heldTo(access: Access, role: AccessRole, only: readonly string[] | null): Access {
  const lower = (each: AccessRole) => (isAtLeast(each, role) ? role : each);
  if (only === null) return { role: lower(access.role), clusters: mapRoles(access.clusters, lower) };
  const inside = Object.fromEntries(only.map((id) => [id, lower(roleIn(access, id))]));
  return { role: "none", clusters: inside };
}

function mapRoles(clusters: ClusterRoles, change: (role: AccessRole) => AccessRole): ClusterRoles {
  return Object.fromEntries(Object.entries(clusters).map(([id, role]) => [id, change(role)]));
}

/** Exceptions as far as whom they are about may know: a cluster without a role is not to be told of. */
export function shownClusters({ clusters }: Access): ClusterRoles {
  return Object.fromEntries(Object.entries(clusters).filter(([, role]) => role !== "none"));
}

/** Two accesses that allow the same. */
export function isSameAccess(one: Access, other: Access): boolean {
  const ids = new Set([...Object.keys(one.clusters), ...Object.keys(other.clusters)]);
  return one.role === other.role && [...ids].every((id) => roleIn(one, id) === roleIn(other, id));
}
