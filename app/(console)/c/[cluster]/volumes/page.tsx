import "#lib/shared/i18n/pages/volumes.ts";
import type { Metadata } from "next";
import { VolumesPage } from "#components/volumes/volumes-page.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { readInitial } from "#lib/web/read-initial.ts";

export const metadata: Metadata = { title: t("volumes.title") };

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  const { cluster } = await params;
  return <VolumesPage initial={await readInitial(cluster, (each) => each.volumes.list({}))} />;
}
