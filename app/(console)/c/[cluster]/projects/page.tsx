import "#lib/shared/i18n/pages/projects.ts";
import type { Metadata } from "next";
import { ProjectsPage } from "#components/projects/projects-page.tsx";
import { packContainers } from "#lib/shared/containers/pack.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { openCluster } from "#lib/web/open-cluster.ts";

export const metadata: Metadata = { title: t("projects.title") };

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  const { cluster } = await openCluster((await params).cluster);
  return <ProjectsPage initial={packContainers(cluster.containers.picture())} />;
}
