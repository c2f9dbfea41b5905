import type { Metadata } from "next";
import { MapPage } from "#components/cluster/map/map-page.tsx";
import { t } from "#lib/shared/i18n/translate.ts";

export const metadata: Metadata = { title: t("map.title") };

export default function Page() {
  return <MapPage />;
}
