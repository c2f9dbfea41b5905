import "#lib/shared/i18n/pages/deploy.ts";
import type { Metadata } from "next";
import { DeployPage } from "#components/deploy/deploy-page.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { openCluster } from "#lib/web/open-cluster.ts";

export const metadata: Metadata = { title: t("deploy.new") };

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  const { cluster } = await params;
  await openCluster(cluster);
  return <DeployPage stack={null} initial={{ version: null, files: [], env: "" }} />;
}
