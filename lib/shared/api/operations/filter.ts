import { filterBody, filterPatchBody, filtersQuery } from "../filter-schemas.ts";
import type { Operation } from "../operation.ts";

/** The person's own saved views of pages. */
export const filterOperations = {
  listFilters: {
    method: "GET",
    path: "/me/filters",
    permission: "account.own",
    summary: "My saved filters",
    query: filtersQuery,
  },
  saveFilter: {
    method: "POST",
    path: "/me/filters",
    permission: "account.own",
    summary: "Save the filter of a page under a name; the same name again replaces it",
    body: filterBody,
    audit: "filter.save",
  },
  changeFilter: {
    method: "PATCH",
    path: "/me/filters/{id}",
    permission: "account.own",
    summary: "Rename one of my saved filters",
    body: filterPatchBody,
    audit: "filter.change",
  },
  deleteFilter: {
    method: "DELETE",
    path: "/me/filters/{id}",
    permission: "account.own",
    summary: "Delete one of my saved filters",
    audit: "filter.delete",
  },
} as const satisfies Record<string, Operation>;
