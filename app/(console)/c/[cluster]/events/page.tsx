import "#lib/shared/i18n/pages/events.ts";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EventsPage } from "#components/events/events-page.tsx";
import { isAppError } from "#lib/shared/errors.ts";
import { readEventFilter } from "#lib/shared/events/address.ts";
import type { EventPage } from "#lib/shared/events/types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { requireUser } from "#lib/web/current-user.ts";
import { getRuntime } from "#lib/web/get-runtime.ts";

export const metadata: Metadata = { title: t("events.title") };

interface PageProps {
  params: Promise<{ cluster: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

function firstPage(cluster: string, query: URLSearchParams): EventPage {
  try {
    return getRuntime()
      .clusters.get(cluster)
      .events.list({ filter: readEventFilter(query), limit: 200 });
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  }
}

export default async function Page({ params, searchParams }: PageProps) {
  await requireUser();
  const { cluster } = await params;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(await searchParams))
    if (typeof value === "string") query.set(name, value);
  return <EventsPage initial={firstPage(decodeURIComponent(cluster), query)} />;
}
