import "#lib/shared/i18n/pages/audit.ts";
import type { Metadata } from "next";
import { AuditPage } from "#components/audit/audit-page.tsx";
import { AdminsOnly } from "#components/people/admins-only.tsx";
import { auditQuery } from "#lib/shared/api/people-schemas.ts";
import { auditApiQuery } from "#lib/shared/audit-query.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { mayDo } from "#lib/shared/roles.ts";
import { auditFilter } from "#lib/web/audit-filter.ts";
import { requireUser } from "#lib/web/current-user.ts";
import { getRuntime } from "#lib/web/get-runtime.ts";

export const metadata: Metadata = { title: t("audit.title") };

interface Props {
  searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** Who did what, filtered by the address. */
export default async function Page({ searchParams }: Props) {
  const user = await requireUser();
  if (!mayDo(user.role, "audit.read")) return <AdminsOnly title={t("audit.title")} viewer={user} />;
  const given = Object.entries(await searchParams).flatMap(([name, value]) =>
    [value ?? []].flat().map((text): [string, string] => [name, text]),
  );
  const asked = auditApiQuery(new URLSearchParams(given), Date.now());
  const query = auditQuery.safeParse(Object.fromEntries(asked));
  const initial = getRuntime().auditReader.page(query.success ? auditFilter(query.data) : {}, 100);
  return <AuditPage initial={initial} />;
}
