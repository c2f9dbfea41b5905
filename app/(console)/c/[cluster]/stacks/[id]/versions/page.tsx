import type { Metadata } from "next";
import { VersionsPage } from "#components/deploy/versions-page.tsx";
import { readInitial } from "#lib/web/read-initial.ts";

interface PageProps {
  params: Promise<{ cluster: string; id: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).id) };
}

export default async function Page({ params }: PageProps) {
  const { cluster, id } = await params;
  const stack = decodeURIComponent(id);
  const initial = await readInitial(cluster, async (each) => each.deploys.versions(stack, {}));
  return <VersionsPage stack={stack} initial={initial} />;
}
