import "#lib/shared/i18n/pages/people.ts";
import type { Metadata } from "next";
import { AdminsOnly } from "#components/people/admins-only.tsx";
import { UsersPage } from "#components/people/users-page.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { mayDo } from "#lib/shared/roles.ts";
import { requireUser } from "#lib/web/current-user.ts";
import { getRuntime } from "#lib/web/get-runtime.ts";
import { seenClusters } from "#lib/web/open-cluster.ts";

export const metadata: Metadata = { title: t("people.title") };

/** Accounts and everybody's API tokens. */
export default async function Page() {
  const user = await requireUser();
  if (!mayDo(user.role, "user.manage")) return <AdminsOnly title={t("people.title")} viewer={user} />;
  const { people } = getRuntime();
  const clusters = seenClusters(user)
    .list()
    .map(({ id, name }) => ({ id, name }));
  return (
    <UsersPage
      selfId={user.userId}
      users={people.listUsers()}
      tokens={people.listTokens()}
      clusters={clusters}
    />
  );
}
