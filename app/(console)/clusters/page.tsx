import "#lib/shared/i18n/pages/home.ts";
import type { Metadata } from "next";
import { ClustersPage } from "#components/clusters/clusters-page.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { clusterGlance } from "#lib/shared/model/cluster-glance.ts";
import { requireUser } from "#lib/web/current-user.ts";
import { seenClusters } from "#lib/web/open-cluster.ts";

export const metadata: Metadata = { title: t("home.title") };

/** The home of a server with more than one cluster. */
export default async function Page() {
  const user = await requireUser();
  const clusters = seenClusters(user);
  const now = Date.now();
  const initial = clusters.list().map(({ id }) => {
    const cluster = clusters.get(id);
    return clusterGlance(cluster.model(), Object.values(cluster.containers.picture().rows), now);
  });
  return <ClustersPage initial={initial} viewer={{ name: user.name, role: user.role }} />;
}
