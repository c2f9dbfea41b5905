import "#lib/shared/i18n/pages/images.ts";
import type { Metadata } from "next";
import { ImagesPage } from "#components/images/images-page.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { readInitial } from "#lib/web/read-initial.ts";

export const metadata: Metadata = { title: t("images.title") };

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  const { cluster } = await params;
  return <ImagesPage initial={await readInitial(cluster, (each) => each.images.list())} />;
}
