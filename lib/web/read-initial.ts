import type { Cluster } from "#lib/server/runtime-types.ts";
import { isAppError } from "#lib/shared/errors.ts";
import { requireUser } from "./current-user.ts";
import { getRuntime } from "./get-runtime.ts";

/**
 * What a page is first rendered with, for somebody who is signed in; null while the engine cannot be asked: the page says so and
 * asks again. Throws not_found.
 */
export async function readInitial<T>(
  cluster: string,
  read: (cluster: Cluster) => Promise<T>,
): Promise<T | null> {
  await requireUser();
  try {
    return await read(getRuntime().clusters.get(decodeURIComponent(cluster)));
  } catch (error) {
    if (!isAppError(error) || error.code === "not_found") throw error;
    return null;
  }
}
