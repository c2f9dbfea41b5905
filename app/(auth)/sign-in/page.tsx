import "#lib/shared/i18n/pages/auth.ts";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthCard } from "#components/auth/auth-card.tsx";
import { SignInForm } from "#components/auth/sign-in-form.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { safeNext } from "#lib/shared/safe-next.ts";
import { currentUser } from "#lib/web/current-user.ts";
import { getRuntime } from "#lib/web/get-runtime.ts";

export const metadata: Metadata = { title: t("auth.signInTitle") };

interface Props {
  searchParams: Promise<{ next?: string | string[] }>;
}

export default async function SignInPage({ searchParams }: Props) {
  const next = safeNext((await searchParams).next);
  if (await currentUser()) redirect(next);
  if (getRuntime().auth.needsSetup()) redirect("/setup");
  return (
    <AuthCard title={t("auth.signInTitle")} lead={t("auth.signInLead")}>
      <SignInForm next={next} />
    </AuthCard>
  );
}
