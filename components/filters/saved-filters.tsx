"use client";

import { later } from "#components/ui/later.tsx";
import { useNow } from "#components/ui/use-now.ts";
import type { FilterPage } from "#lib/shared/api/filter-schemas.ts";

const FiltersMenu = later(async () => (await import("./filters-menu.tsx")).FiltersMenu);

/**
 * A person's saved views of a page, beside its filters. Not drawn on the server, so that its code is no part of the
 * first load: nobody needs it to see the page.
 */
export function SavedFilters({ page }: { page: FilterPage }) {
  const isHydrated = useNow(60_000) > 0;
  return isHydrated ? <FiltersMenu page={page} /> : null;
}
