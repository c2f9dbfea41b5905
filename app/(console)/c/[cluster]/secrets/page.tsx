import "#lib/shared/i18n/pages/resources.ts";
import type { Metadata } from "next";
import { SecretsPage } from "#components/resources/secrets-page.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { readInitial } from "#lib/web/read-initial.ts";

export const metadata: Metadata = { title: t("resources.secrets") };

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  const { cluster } = await params;
  const initial = await readInitial(cluster, async (each) => ({ items: await each.secrets() }));
  return <SecretsPage initial={initial} />;
}
