import "#lib/shared/i18n/pages/node-pages.ts";
import type { Metadata } from "next";
import { NodesPage } from "#components/nodes/nodes-page.tsx";
import { t } from "#lib/shared/i18n/translate.ts";

export const metadata: Metadata = { title: t("nodes.title") };

export default function Page() {
  return <NodesPage />;
}
