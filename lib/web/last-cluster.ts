import { cookies } from "next/headers";
import { lastClusterCookie } from "#lib/shared/last-cluster-cookie.ts";
import { getRuntime } from "./get-runtime.ts";

/** The cluster this browser was in last, for the frame around pages that belong to none. */
export async function lastCluster(): Promise<string> {
  const last = (await cookies()).get(lastClusterCookie)?.value;
  const { clusters } = getRuntime();
  return clusters.list().find(({ id }) => id === last)?.id ?? clusters.home();
}
