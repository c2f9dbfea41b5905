import { ServicePage } from "#components/services/service-page.tsx";
import { openCluster } from "#lib/web/open-cluster.ts";
import { readDetail, readRevisions } from "#lib/web/read-service.ts";

interface PageProps {
  params: Promise<{ cluster: string; id: string }>;
}

export default async function Page({ params }: PageProps) {
  const { cluster: param, id } = await params;
  const { cluster } = await openCluster(param);
  const ref = decodeURIComponent(id);
  const detail = await readDetail(cluster, ref);
  const service = detail?.service.id ?? ref;
  const revisions = await readRevisions(cluster, service);
  return <ServicePage reference={service} initial={detail} view="revisions" revisions={revisions} />;
}
