import type { AuditItem, AuditPage } from "#lib/shared/api/people-types.ts";

/** What a page knows of the log. */
export interface KnownAudit {
  /** The filter these rows belong to. */
  readonly query: string;
  readonly items: readonly AuditItem[];
  readonly next: number | null;
  readonly actions: readonly string[];
}

/** The newest rows over what is known. Where they do not meet, the known ones are let go: no silent gap. */
export function withNewest(before: KnownAudit, query: string, page: AuditPage): KnownAudit {
  const actions = page.actions ?? before.actions;
  const newest = before.items[0]?.id ?? 0;
  const oldestRead = page.items.at(-1)?.id ?? 0;
  const meets = page.next === null || oldestRead <= newest;
  if (before.query !== query || !meets) return { query, items: page.items, next: page.next, actions };
  const older = page.next === null ? [] : before.items.filter((item) => item.id < oldestRead);
  const next = page.next === null ? null : older.length > 0 ? before.next : page.next;
  return { query, items: [...page.items, ...older], next, actions };
}
