import "#lib/shared/i18n/pages/auth.ts";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { connection } from "next/server";
import { AuthCard } from "#components/auth/auth-card.tsx";
import { SetupForm } from "#components/auth/setup-form.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { getRuntime } from "#lib/web/get-runtime.ts";

export const metadata: Metadata = { title: t("auth.setupTitle") };

export default async function SetupPage() {
  await connection();
  if (!getRuntime().auth.needsSetup()) redirect("/sign-in");
  return (
    <AuthCard title={t("auth.setupTitle")} lead={t("auth.setupLead")}>
      <SetupForm />
    </AuthCard>
  );
}
