import "#lib/shared/i18n/pages/logs.ts";
import type { Metadata } from "next";
import { LogsPage } from "#components/logs/logs-page.tsx";
import { t } from "#lib/shared/i18n/translate.ts";

export const metadata: Metadata = { title: t("logs.title") };

export default function Page() {
  return <LogsPage />;
}
