import "#lib/shared/i18n/pages/volumes.ts";
import { notFound } from "next/navigation";
import { UnreadPage } from "#components/resources/unread-page.tsx";
import { VolumePage } from "#components/volumes/volume-page.tsx";
import { isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { mayDo } from "#lib/shared/roles.ts";
import { openCluster } from "#lib/web/open-cluster.ts";

interface PageProps {
  params: Promise<{ cluster: string; id: string }>;
  searchParams: Promise<{ node?: string | string[] }>;
}

export async function generateMetadata({ params }: PageProps) {
  return { title: decodeURIComponent((await params).id) };
}

export default async function Page({ params, searchParams }: PageProps) {
  const { cluster: param, id } = await params;
  const { cluster, user } = await openCluster(param);
  const { node } = await searchParams;
  if (typeof node !== "string") notFound();
  try {
    const detail = await cluster.volumes.detail({ node, name: decodeURIComponent(id) });
    const initial = mayDo(user.role, "volume.create") ? detail : { ...detail, options: {} };
    return <VolumePage key={`${node} ${id}`} initial={initial} />;
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (error.code === "not_found") notFound();
    const list = { path: "/volumes", name: t("volumes.title") };
    return <UnreadPage title={decodeURIComponent(id)} message={error.message} list={list} />;
  }
}
