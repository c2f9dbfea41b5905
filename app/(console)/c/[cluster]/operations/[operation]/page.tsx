import { notFound } from "next/navigation";
import { OperationPage } from "#components/operations/operation-page.tsx";
import type { OperationDetail } from "#lib/shared/api/history.ts";
import { isAppError } from "#lib/shared/errors.ts";
import { requireUser } from "#lib/web/current-user.ts";
import { getRuntime } from "#lib/web/get-runtime.ts";

interface PageProps {
  params: Promise<{ cluster: string; operation: string }>;
}

function read(cluster: string, id: string): OperationDetail {
  try {
    return getRuntime().clusters.get(cluster).operation(id);
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  }
}

export default async function Page({ params }: PageProps) {
  await requireUser();
  const { cluster, operation } = await params;
  return <OperationPage initial={read(decodeURIComponent(cluster), operation)} />;
}
