import "#lib/shared/i18n/pages/history.ts";
import type { Metadata } from "next";
import { OperationsPage } from "#components/operations/operations-page.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { requireUser } from "#lib/web/current-user.ts";
import { getRuntime } from "#lib/web/get-runtime.ts";

export const metadata: Metadata = { title: t("history.title") };

interface PageProps {
  params: Promise<{ cluster: string }>;
}

export default async function Page({ params }: PageProps) {
  await requireUser();
  const { cluster } = await params;
  const items = getRuntime().clusters.get(decodeURIComponent(cluster)).listOperations({ limit: 200 });
  return <OperationsPage initial={{ items }} />;
}
