import { ServicePage } from "#components/services/service-page.tsx";
import { requireUser } from "#lib/web/current-user.ts";
import { readDetail, readRevisions } from "#lib/web/read-service.ts";

interface PageProps {
  params: Promise<{ cluster: string; id: string }>;
}

export default async function Page({ params }: PageProps) {
  await requireUser();
  const { cluster, id } = await params;
  const ref = decodeURIComponent(id);
  const detail = await readDetail(decodeURIComponent(cluster), ref);
  const service = detail?.service.id ?? ref;
  const revisions = await readRevisions(decodeURIComponent(cluster), service);
  return <ServicePage reference={service} initial={detail} view="revisions" revisions={revisions} />;
}
