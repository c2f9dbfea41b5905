import { notFound } from "next/navigation";
import { NodePage } from "#components/nodes/node-page.tsx";
import type { NodeDetail } from "#lib/shared/api/types.ts";
import { isAppError } from "#lib/shared/errors.ts";
import { requireUser } from "#lib/web/current-user.ts";
import { getRuntime } from "#lib/web/get-runtime.ts";

interface PageProps {
  params: Promise<{ cluster: string; id: string }>;
}

/** Null while the engine cannot be asked: the page shows what the picture knows and asks again. */
async function readDetail(cluster: string, ref: string): Promise<NodeDetail | null> {
  try {
    return await getRuntime().clusters.get(cluster).nodeDetail(ref);
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (error.code === "not_found") notFound();
    return null;
  }
}

export default async function Page({ params }: PageProps) {
  await requireUser();
  const { cluster, id } = await params;
  const ref = decodeURIComponent(id);
  const detail = await readDetail(decodeURIComponent(cluster), ref);
  return <NodePage reference={detail?.node.id ?? ref} initial={detail} />;
}
