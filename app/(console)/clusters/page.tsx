import "#lib/shared/i18n/pages/home.ts";
import type { Metadata } from "next";
import { ClustersPage } from "#components/clusters/clusters-page.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { clusterGlance } from "#lib/shared/model/cluster-glance.ts";
import { requireUser } from "#lib/web/current-user.ts";
import { getRuntime } from "#lib/web/get-runtime.ts";

export const metadata: Metadata = { title: t("home.title") };

/** The home of a server with more than one cluster. */
export default async function Page() {
  const { name, role } = await requireUser();
  const { clusters } = getRuntime();
  const now = Date.now();
  const initial = clusters.list().map(({ id }) => {
    const cluster = clusters.get(id);
    return clusterGlance(cluster.model(), Object.values(cluster.containers.picture().rows), now);
  });
  return <ClustersPage initial={initial} viewer={{ name, role }} />;
}
