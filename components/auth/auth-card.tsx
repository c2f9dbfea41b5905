import type { ReactNode } from "react";
import { Logo } from "#components/ui/logo.tsx";
import { t } from "#lib/shared/i18n/translate.ts";

/** The card of the signed-out pages: name, title, one sentence, a form. */
export function AuthCard({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  return (
    <div
      data-slot="auth-card"
      className="relative w-full max-w-[460px] rounded-[18px] bg-raised px-5 pt-[22px] pb-6 shadow-[var(--shadow-3),0_0_0_1px_var(--line)] sm:px-8 sm:pt-7 sm:pb-[30px]"
    >
      <p className="mb-[18px] flex h-7 items-center gap-[9px] text-[16px] font-semibold tracking-display">
        <Logo size={26} />
        {t("common.appName")}
      </p>
      <h1 className="text-22 font-semibold tracking-display">{title}</h1>
      <p className="mt-1.5 mb-[18px] text-14 text-ink-2">{lead}</p>
      {children}
    </div>
  );
}
