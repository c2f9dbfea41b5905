import "#lib/shared/i18n/pages/resources.ts";
import type { Metadata } from "next";
import { ConfigsPage } from "#components/resources/configs-page.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { readInitial } from "#lib/web/read-initial.ts";

export const metadata: Metadata = { title: t("resources.configs") };

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  const { cluster } = await params;
  const initial = await readInitial(cluster, async (each) => ({ items: await each.configs() }));
  return <ConfigsPage initial={initial} />;
}
