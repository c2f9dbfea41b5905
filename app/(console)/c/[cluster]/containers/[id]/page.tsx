import "#lib/shared/i18n/pages/containers.ts";
import { notFound } from "next/navigation";
import { ContainerPage } from "#components/containers/container-page.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { requireUser } from "#lib/web/current-user.ts";
import { getRuntime } from "#lib/web/get-runtime.ts";
import { readContainer } from "#lib/web/read-container.ts";

interface PageProps {
  params: Promise<{ cluster: string; id: string }>;
}

export async function generateMetadata({ params }: PageProps) {
  const { cluster, id } = await params;
  const ref = decodeURIComponent(id);
  const { containers } = getRuntime().clusters.get(decodeURIComponent(cluster));
  return { title: containers.known({ ref })?.name ?? t("containers.title") };
}

export default async function Page({ params }: PageProps) {
  await requireUser();
  const { cluster, id } = await params;
  const read = await readContainer(decodeURIComponent(cluster), decodeURIComponent(id));
  if (read === null) notFound();
  return <ContainerPage key={read.rendered.row.id} {...read} />;
}
