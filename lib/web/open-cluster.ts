import { notFound } from "next/navigation";
import type { Caller, Cluster, ClusterRegistry } from "#lib/server/runtime-types.ts";
import { roleIn } from "#lib/shared/access.ts";
import { isAppError } from "#lib/shared/errors.ts";
import { requireUser } from "./current-user.ts";
import { getRuntime } from "./get-runtime.ts";

/** A cluster for a page, and who asks, with the role in it. */
export interface OpenedCluster {
  readonly cluster: Cluster;
  readonly user: Caller;
}

/**
 * The one door of pages to a cluster, as withApi is for routes: leads away whoever is not signed in, and answers "no
 * such page" for a cluster that this person may not see, as for one that does not exist. `param`: as it stands in the
 * address. Every page and layout goes through it, because each can be asked for without the others.
 */
export async function openCluster(param: string): Promise<OpenedCluster> {
  const user = await requireUser();
  const id = decodeURIComponent(param);
  try {
    const cluster = seenClusters(user).get(id);
    return { cluster, user: { ...user, role: roleIn(user.access, id) } };
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  }
}

/** All clusters that this person may see. */
export function seenClusters(user: Caller): ClusterRegistry {
  return getRuntime().clusters.seenBy(user.access);
}
