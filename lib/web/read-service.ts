import { notFound } from "next/navigation";
import type { Cluster } from "#lib/server/runtime-types.ts";
import type { OperationDetail, OperationView, RevisionList } from "#lib/shared/api/history.ts";
import type { ServiceDetail } from "#lib/shared/api/types.ts";
import { isAppError } from "#lib/shared/errors.ts";

/** For the first picture of a service. Null while the engine cannot be asked: the page asks again. */
export function readDetail(cluster: Cluster, ref: string): Promise<ServiceDetail | null> {
  return orNull(() => cluster.serviceDetail(ref));
}

/** As `readDetail`, of its revisions. */
export function readRevisions(cluster: Cluster, ref: string): Promise<RevisionList | null> {
  return orNull(() => cluster.listRevisions(ref));
}

/** The newest operation of a service, with everything its tasks did; no engine is asked. */
export function initialOperations(
  cluster: Cluster,
  service: string,
): {
  items: readonly OperationView[];
  newest: OperationDetail | null;
} {
  const items = cluster.listOperations({ service, limit: 1 });
  const [first] = items;
  return { items, newest: first ? cluster.operation(String(first.id)) : null };
}

async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (error.code === "not_found") notFound();
    return null;
  }
}
