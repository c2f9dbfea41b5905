import "#lib/shared/i18n/pages/edit.ts";
import { notFound } from "next/navigation";
import { EditPage } from "#components/services/edit/edit-page.tsx";
import { isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { mayDo } from "#lib/shared/roles.ts";
import { openCluster } from "#lib/web/open-cluster.ts";

interface PageProps {
  params: Promise<{ cluster: string; id: string }>;
}

export function generateMetadata() {
  return { title: t("edit.pageTitle") };
}

export default async function Page({ params }: PageProps) {
  const { cluster: param, id } = await params;
  const { cluster, user } = await openCluster(param);
  const ref = decodeURIComponent(id);
  // Whoever may not edit is told so by the page, and given nothing.
  if (!mayDo(user.role, "service.edit")) return <EditPage reference={ref} initial={null} />;
  try {
    return <EditPage key={ref} reference={ref} initial={await cluster.serviceForm(ref)} />;
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (error.code === "not_found") notFound();
    return <EditPage reference={ref} initial={null} />;
  }
}
