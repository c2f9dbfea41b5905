import { notFound } from "next/navigation";
import { NodePage } from "#components/nodes/node-page.tsx";
import type { NodeDetail } from "#lib/shared/api/types.ts";
import { isAppError } from "#lib/shared/errors.ts";
import { type OpenedCluster, openCluster } from "#lib/web/open-cluster.ts";

interface PageProps {
  params: Promise<{ cluster: string; id: string }>;
}

/** Null while the engine cannot be asked: the page shows what the picture knows and asks again. */
async function readDetail(cluster: OpenedCluster["cluster"], ref: string): Promise<NodeDetail | null> {
  try {
    return await cluster.nodeDetail(ref);
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (error.code === "not_found") notFound();
    return null;
  }
}

export default async function Page({ params }: PageProps) {
  const { cluster: param, id } = await params;
  const { cluster } = await openCluster(param);
  const ref = decodeURIComponent(id);
  const detail = await readDetail(cluster, ref);
  return <NodePage reference={detail?.node.id ?? ref} initial={detail} />;
}
