import "#lib/shared/i18n/pages/resources.ts";
import { notFound } from "next/navigation";
import { FilePage } from "#components/files/file-page.tsx";
import { UnreadPage } from "#components/resources/unread-page.tsx";
import { isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { openCluster } from "#lib/web/open-cluster.ts";

interface PageProps {
  params: Promise<{ cluster: string; id: string }>;
}

export async function generateMetadata({ params }: PageProps) {
  return { title: decodeURIComponent((await params).id) };
}

export default async function Page({ params }: PageProps) {
  const { cluster: param, id } = await params;
  const { cluster } = await openCluster(param);
  const name = decodeURIComponent(id);
  try {
    return <FilePage key={name} initial={await cluster.files.detail("secret", name)} />;
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (error.code === "not_found") notFound();
    const list = { path: "/secrets", name: t("resources.secrets") };
    return <UnreadPage title={name} message={error.message} list={list} />;
  }
}
