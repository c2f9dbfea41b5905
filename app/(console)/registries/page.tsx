import "#lib/shared/i18n/pages/registries.ts";
import type { Metadata } from "next";
import { AdminsOnly } from "#components/people/admins-only.tsx";
import { RegistriesPage } from "#components/registries/registries-page.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { mayDo } from "#lib/shared/roles.ts";
import { requireUser } from "#lib/web/current-user.ts";
import { getRuntime } from "#lib/web/get-runtime.ts";
import { seenClusters } from "#lib/web/open-cluster.ts";

export const metadata: Metadata = { title: t("registries.title") };

/** Logins of image registries. */
export default async function Page() {
  const user = await requireUser();
  if (!mayDo(user.role, "registry.manage")) {
    return <AdminsOnly title={t("registries.title")} viewer={user} />;
  }
  const clusters = seenClusters(user)
    .list()
    .map(({ id, name }) => ({ id, name }));
  return <RegistriesPage initial={getRuntime().registries.list()} clusters={clusters} />;
}
