import { z } from "zod";

/** Pages whose filter can be saved. */
export const filterPages = ["map", "services", "tasks", "containers", "events"] as const;
export type FilterPage = (typeof filterPages)[number];

const page = z.enum(filterPages);
const name = z.string().trim().min(1).max(60);
/** The query of the page's address, without the question mark. */
const query = z.string().min(1).max(2_000);

export const filtersQuery = z.strictObject({ page: page.optional() });
export const filterBody = z.strictObject({ page, name, query });
export const filterPatchBody = z.strictObject({ name });

/** A filter somebody saved for themselves. */
export interface SavedFilter {
  readonly id: string;
  readonly page: FilterPage;
  readonly name: string;
  readonly query: string;
}
