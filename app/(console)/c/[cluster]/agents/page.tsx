import "#lib/shared/i18n/pages/agents.ts";
import type { Metadata } from "next";
import { AgentsPage } from "#components/agents/agents-page.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { requireUser } from "#lib/web/current-user.ts";
import { getRuntime } from "#lib/web/get-runtime.ts";

export const metadata: Metadata = { title: t("agents.title") };

/** The agents of a cluster, and its nodes without one. */
export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  await requireUser();
  return <AgentsPage initial={getRuntime().agents.list(decodeURIComponent((await params).cluster))} />;
}
