import type { Cluster } from "#lib/server/runtime-types.ts";
import { isAppError } from "#lib/shared/errors.ts";
import { openCluster } from "./open-cluster.ts";

/**
 * What a page is first rendered with, for somebody who may see the cluster; null while the engine cannot be asked: the
 * page says so and asks again. Throws not_found.
 */
export async function readInitial<T>(
  param: string,
  read: (cluster: Cluster) => Promise<T>,
): Promise<T | null> {
  const { cluster } = await openCluster(param);
  try {
    return await read(cluster);
  } catch (error) {
    if (!isAppError(error) || error.code === "not_found") throw error;
    return null;
  }
}
