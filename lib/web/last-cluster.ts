import { cookies } from "next/headers";
import type { Caller } from "#lib/server/runtime-types.ts";
import { lastClusterCookie } from "#lib/shared/last-cluster-cookie.ts";
import { seenClusters } from "./open-cluster.ts";

/** The cluster this browser was in last, for the frame around pages that belong to none. Null: this person may see none. */
export async function lastCluster(user: Caller): Promise<string | null> {
  const last = (await cookies()).get(lastClusterCookie)?.value;
  const clusters = seenClusters(user);
  return clusters.list().find(({ id }) => id === last)?.id ?? clusters.home();
}
