"use client";

import "#lib/shared/i18n/pages/people.ts";
import Link from "next/link";
import { PageHead } from "#components/layout/page-head.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { AccessRole } from "#lib/shared/roles.ts";
import { roleWord } from "./role-word.ts";

/** In place of a page that is not for this person. */
export function AdminsOnly({ title, viewer }: { title: string; viewer: { name: string; role: AccessRole } }) {
  return (
    <>
      <PageHead title={title} />
      <EmptyState
        icon="lock"
        title={t("people.adminsOnly", { name: viewer.name, role: roleWord(viewer.role) })}
        action={
          <Button asChild>
            <Link href="/">{t("common.toTheMap")}</Link>
          </Button>
        }
      />
    </>
  );
}
