import "#lib/shared/i18n/pages/networks.ts";
import { notFound, redirect } from "next/navigation";
import { NetworkPage } from "#components/networks/network-page.tsx";
import { isAppError } from "#lib/shared/errors.ts";
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
    if (isAppError(error) && error.code === "not_found") notFound();
    // Several have the name: the list shows them.
    if (isAppError(error) && error.code === "conflict") redirect(`/c/${param}/networks?q=${id}`);
    throw error;
  }
}
