const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Reads "15m", "2h" or a time in ISO 8601 as ms since 1970; null when it is neither. */
export function readSince(text: string, now: number): number | null {
  const span = /^(\d{1,6})([smhd])$/.exec(text);
  if (span) return now - Number(span[1]) * unitMs[span[2] as keyof typeof unitMs];
  if (!/^\d{4}-\d\d-\d\dT/.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}
