import "#lib/shared/i18n/pages/history.ts";
import type { Metadata } from "next";
import { OperationsPage } from "#components/operations/operations-page.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { openCluster } from "#lib/web/open-cluster.ts";

export const metadata: Metadata = { title: t("history.title") };

interface PageProps {
  params: Promise<{ cluster: string }>;
}

export default async function Page({ params }: PageProps) {
  const { cluster } = await openCluster((await params).cluster);
  return <OperationsPage initial={{ items: cluster.listOperations({ limit: 200 }) }} />;
}
