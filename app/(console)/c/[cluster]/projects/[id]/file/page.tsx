import type { Metadata } from "next";
import { ProjectFilePage } from "#components/projects/project-file-page.tsx";
import { openCluster } from "#lib/web/open-cluster.ts";

interface PageProps {
  params: Promise<{ cluster: string; id: string }>;
  searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).id) };
}

export default async function Page({ params, searchParams }: PageProps) {
  const { cluster, id } = await params;
  await openCluster(cluster);
  const { node, version } = await searchParams;
  const address = { name: decodeURIComponent(id), node: typeof node === "string" ? node : null };
  const wanted = typeof version === "string" && /^\d{1,15}$/.test(version) ? version : null;
  return <ProjectFilePage address={address} version={wanted} />;
}
