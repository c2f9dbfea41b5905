import "#lib/shared/i18n/pages/account.ts";
import type { Metadata } from "next";
import { AccountPanels } from "#components/account/account-panels.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { shownClusters } from "#lib/shared/access.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { requireUser } from "#lib/web/current-user.ts";
import { getRuntime } from "#lib/web/get-runtime.ts";
import { seenClusters } from "#lib/web/open-cluster.ts";

export const metadata: Metadata = { title: t("account.title") };

/** The signed-in person's own page: role, password, second factor, tokens, sessions. */
export default async function AccountPage() {
  const user = await requireUser();
  const { auth, people } = getRuntime();
  const clusters = seenClusters(user)
    .list()
    .map(({ id, name }) => ({ id, name }));
  return (
    <>
      <PageHead title={t("account.title")} />
      <AccountPanels
        me={{ name: user.name, role: user.access.role, clusters: shownClusters(user.access) }}
        clusters={clusters}
        sessions={auth.listSessions(user)}
        tokens={people.ownTokens(user)}
        twoFactor={people.twoFactor(user)}
      />
    </>
  );
}
