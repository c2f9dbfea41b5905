import "#lib/shared/i18n/pages/networks.ts";
import type { Metadata } from "next";
import { NetworksPage } from "#components/networks/networks-page.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { readInitial } from "#lib/web/read-initial.ts";

export const metadata: Metadata = { title: t("networks.title") };

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  const { cluster } = await params;
  return <NetworksPage initial={await readInitial(cluster, (each) => each.networks.list({}))} />;
}
