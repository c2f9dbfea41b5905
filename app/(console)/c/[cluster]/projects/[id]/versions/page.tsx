import type { Metadata } from "next";
import { ProjectVersionsPage } from "#components/projects/project-versions.tsx";
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
  const { node } = await searchParams;
  const address = { name: decodeURIComponent(id), node: typeof node === "string" ? node : null };
  return <ProjectVersionsPage address={address} />;
}
