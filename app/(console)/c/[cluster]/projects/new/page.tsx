import "#lib/shared/i18n/pages/projects.ts";
import type { Metadata } from "next";
import { ProjectDeployPage } from "#components/projects/project-deploy-page.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { openCluster } from "#lib/web/open-cluster.ts";

export const metadata: Metadata = { title: t("projects.new") };

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  const { cluster } = await openCluster((await params).cluster);
  const nodes = cluster.engines.all().map(({ id, name }) => ({ id, name }));
  return <ProjectDeployPage address={null} initial={{ version: null, files: [], env: "" }} nodes={nodes} />;
}
