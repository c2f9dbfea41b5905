import type { Metadata } from "next";
import { ServicesPage } from "#components/services/services-page.tsx";
import { t } from "#lib/shared/i18n/translate.ts";

export const metadata: Metadata = { title: t("services.title") };

export default function Page() {
  return <ServicesPage />;
}
