import "#lib/shared/i18n/pages/volumes.ts";
import { notFound } from "next/navigation";
import { VolumePage } from "#components/volumes/volume-page.tsx";
import { isAppError } from "#lib/shared/errors.ts";
import { mayDo } from "#lib/shared/roles.ts";
import { requireUser } from "#lib/web/current-user.ts";
import { getRuntime } from "#lib/web/get-runtime.ts";

interface PageProps {
  params: Promise<{ cluster: string; id: string }>;
  searchParams: Promise<{ node?: string | string[] }>;
}

export async function generateMetadata({ params }: PageProps) {
  return { title: decodeURIComponent((await params).id) };
}

export default async function Page({ params, searchParams }: PageProps) {
  const { role } = await requireUser();
  const { cluster, id } = await params;
  const { node } = await searchParams;
  if (typeof node !== "string") notFound();
  try {
    const { volumes } = getRuntime().clusters.get(decodeURIComponent(cluster));
    const detail = await volumes.detail({ node, name: decodeURIComponent(id) });
    const initial = mayDo(role, "volume.create") ? detail : { ...detail, options: {} };
    return <VolumePage key={`${node} ${id}`} initial={initial} />;
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  }
}
