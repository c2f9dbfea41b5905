import "#lib/shared/i18n/pages/containers.ts";
import type { Metadata } from "next";
import { ContainersPage } from "#components/containers/containers-page.tsx";
import { packContainers } from "#lib/shared/containers/pack.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { requireUser } from "#lib/web/current-user.ts";
import { getRuntime } from "#lib/web/get-runtime.ts";

export const metadata: Metadata = { title: t("containers.title") };

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  await requireUser();
  const { cluster } = await params;
  const { containers } = getRuntime().clusters.get(decodeURIComponent(cluster));
  return <ContainersPage initial={packContainers(containers.picture())} />;
}
