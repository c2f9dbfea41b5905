import { notFound } from "next/navigation";
import { OperationPage } from "#components/operations/operation-page.tsx";
import type { OperationDetail } from "#lib/shared/api/history.ts";
import { isAppError } from "#lib/shared/errors.ts";
import { type OpenedCluster, openCluster } from "#lib/web/open-cluster.ts";

interface PageProps {
  params: Promise<{ cluster: string; operation: string }>;
}

function read(cluster: OpenedCluster["cluster"], id: string): OperationDetail {
  try {
    return cluster.operation(id);
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  }
}

export default async function Page({ params }: PageProps) {
  const { cluster: param, operation } = await params;
  const { cluster } = await openCluster(param);
  return <OperationPage initial={read(cluster, operation)} />;
}
