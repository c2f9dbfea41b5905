import "#lib/shared/i18n/pages/agents.ts";
import type { Metadata } from "next";
import { AgentsPage } from "#components/agents/agents-page.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { getRuntime } from "#lib/web/get-runtime.ts";
import { openCluster } from "#lib/web/open-cluster.ts";

export const metadata: Metadata = { title: t("agents.title") };

/** The agents of a cluster, and its nodes without one. */
export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  const { cluster } = await openCluster((await params).cluster);
  return <AgentsPage initial={getRuntime().agents.list(cluster.id)} />;
}
