import Link from "next/link";
import { t } from "#lib/shared/i18n/translate.ts";

/** Every address without a page. Next's own version has an inline style that the security policy refuses. */
export default function NotFound() {
  return (
    <main className="mx-auto w-full max-w-[640px] px-5 py-16">
      <h1 className="text-22 font-semibold tracking-display">{t("common.noPage")}</h1>
      <p className="mt-1.5 mb-[18px] text-14 text-ink-2">{t("common.noPageLead")}</p>
      <Link className="text-14 underline" href="/">
        {t("common.toTheMap")}
      </Link>
    </main>
  );
}
