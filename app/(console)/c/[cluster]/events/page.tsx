import "#lib/shared/i18n/pages/events.ts";
import type { Metadata } from "next";
import { EventsPage } from "#components/events/events-page.tsx";
import { readEventFilter } from "#lib/shared/events/address.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { openCluster } from "#lib/web/open-cluster.ts";

export const metadata: Metadata = { title: t("events.title") };

interface PageProps {
  params: Promise<{ cluster: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Page({ params, searchParams }: PageProps) {
  const { cluster } = await openCluster((await params).cluster);
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(await searchParams))
    if (typeof value === "string") query.set(name, value);
  return <EventsPage initial={cluster.events.list({ filter: readEventFilter(query), limit: 200 })} />;
}
