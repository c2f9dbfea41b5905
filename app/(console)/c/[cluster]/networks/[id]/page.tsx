import "#lib/shared/i18n/pages/networks.ts";
import { notFound, redirect } from "next/navigation";
import { NetworkPage } from "#components/networks/network-page.tsx";
import { UnreadPage } from "#components/resources/unread-page.tsx";
import { isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
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
  const { cluster } = await openCluster(param);
  const { node } = await searchParams;
  const name = decodeURIComponent(id);
  const at = typeof node === "string" ? node : undefined;
  try {
    const initial = await cluster.networks.detail({ ref: name, node: at });
    return <NetworkPage key={`${at} ${name}`} name={name} node={at} initial={initial} />;
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (error.code === "not_found") notFound();
    // Several have the name: the list shows them.
    if (error.code === "conflict") redirect(`/c/${param}/networks?q=${id}`);
    const list = { path: "/networks", name: t("networks.title") };
    return <UnreadPage title={name} message={error.message} list={list} />;
  }
}
