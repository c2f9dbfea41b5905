import type { Metadata } from "next";
import { FilePage } from "#components/deploy/file-page.tsx";
import { openCluster } from "#lib/web/open-cluster.ts";

interface PageProps {
  params: Promise<{ cluster: string; id: string }>;
  searchParams: Promise<{ version?: string | string[] }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).id) };
}

export default async function Page({ params, searchParams }: PageProps) {
  const { cluster, id } = await params;
  await openCluster(cluster);
  const { version } = await searchParams;
  const wanted = typeof version === "string" && /^\d{1,15}$/.test(version) ? version : null;
  return <FilePage stack={decodeURIComponent(id)} version={wanted} />;
}
