import Link from "next/link";
import { t } from "#lib/shared/i18n/translate.ts";

/** Across every page of the demo cluster: nobody takes it for a real one. */
export function SimulatedBanner() {
  return (
    <div
      data-slot="simulated"
      className="flex min-h-8 shrink-0 items-center gap-x-1.5 border-b border-warn-line bg-warn-soft px-5 py-1 text-12 text-ink-2 max-sm:px-4"
    >
      <b className="font-semibold text-ink">{t("cluster.simulated")}</b>
      <span className="truncate max-sm:hidden">{t("cluster.simulatedHint")}</span>
      <span className="flex-1" />
      <Link href="/c/local" className="shrink-0 font-medium text-ink underline underline-offset-2">
        {t("cluster.leaveDemo")}
      </Link>
    </div>
  );
}
