import type { Metadata } from "next";
import { ProjectPage } from "#components/projects/project-page.tsx";
import { packContainers } from "#lib/shared/containers/pack.ts";
import { openCluster } from "#lib/web/open-cluster.ts";

interface PageProps {
  params: Promise<{ cluster: string; id: string }>;
  searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).id) };
}

export default async function Page({ params, searchParams }: PageProps) {
  const { cluster: param, id } = await params;
  const { cluster } = await openCluster(param);
  const { node } = await searchParams;
  const address = { name: decodeURIComponent(id), node: typeof node === "string" ? node : null };
  return <ProjectPage address={address} initial={packContainers(cluster.containers.picture())} />;
}
