import "#lib/shared/i18n/pages/edit.ts";
import { CreatePage } from "#components/services/edit/create-page.tsx";
import { isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { mayDo } from "#lib/shared/roles.ts";
import { openCluster } from "#lib/web/open-cluster.ts";

interface PageProps {
  params: Promise<{ cluster: string }>;
  searchParams: Promise<{ from?: string | string[] }>;
}

export function generateMetadata() {
  return { title: t("edit.create.title") };
}

export default async function Page({ params, searchParams }: PageProps) {
  const { cluster, user } = await openCluster((await params).cluster);
  const { from } = await searchParams;
  if (typeof from !== "string" || !mayDo(user.role, "service.edit")) return <CreatePage from={null} />;
  try {
    return <CreatePage key={from} from={await cluster.serviceForm(from)} />;
  } catch (error) {
    if (!isAppError(error)) throw error;
    // What was to be copied is gone, or cannot be read now: an empty form is more than nothing.
    return <CreatePage from={null} />;
  }
}
