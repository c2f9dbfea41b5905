import "#lib/shared/i18n/pages/consoles.ts";
import type { Metadata } from "next";
import { ConsolePage } from "#components/terminal/console-page.tsx";
import { t } from "#lib/shared/i18n/translate.ts";

export const metadata: Metadata = { title: t("consoles.title") };

export default function Page() {
  return <ConsolePage />;
}
