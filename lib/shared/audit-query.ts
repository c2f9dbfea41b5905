/** Lengths of time the audit page offers, ms. */
export const auditPeriods = {
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: 30 * 86_400_000,
} as const;

/** A length of time the audit page offers. */
export type AuditPeriod = keyof typeof auditPeriods;

/**
 * The query of `GET /audit` for the query of the page's address, which has a `period` instead of a moment so that
 * it means the same tomorrow. `now` in ms since 1970.
 */
export function auditApiQuery(address: URLSearchParams, now: number): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of ["who", "object", "action", "result", "from", "to"]) {
    const value = address.get(name);
    if (value) query.set(name, value);
  }
  const period = address.get("period");
  if (period !== null && Object.hasOwn(auditPeriods, period)) {
    query.set("from", new Date(now - auditPeriods[period as AuditPeriod]).toISOString());
  }
  return query;
}
