import "#lib/shared/i18n/pages/containers.ts";
import { notFound } from "next/navigation";
import { ContainerPage } from "#components/containers/container-page.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { openCluster } from "#lib/web/open-cluster.ts";
import { readContainer } from "#lib/web/read-container.ts";

interface PageProps {
  params: Promise<{ cluster: string; id: string }>;
}

export async function generateMetadata({ params }: PageProps) {
  const { cluster: param, id } = await params;
  const ref = decodeURIComponent(id);
  const { cluster } = await openCluster(param);
  return { title: cluster.containers.known({ ref })?.name ?? t("containers.title") };
}

export default async function Page({ params }: PageProps) {
  const { cluster: param, id } = await params;
  const { cluster } = await openCluster(param);
  const read = await readContainer(cluster, decodeURIComponent(id));
  if (read === null) notFound();
  return <ContainerPage key={read.rendered.row.id} {...read} />;
}
