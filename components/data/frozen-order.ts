/** A row as shown while the order is held still: `gone` rows are shown from memory. */
export interface HeldRow<Row> {
  readonly key: string;
  readonly row: Row;
  readonly gone: boolean;
}

/** What a table shows while the pointer or focus is inside, and how far that is from the truth. */
export interface HeldOrder<Row> {
  readonly rows: readonly HeldRow<Row>[];
  /** Rows that came, went, or would move. */
  readonly changes: number;
}

/**
 * Keeps rows where they are: the held rows stay in their places with their newest values, rows that went stay
 * as they were last, rows that came wait. Applying the changes means holding the new order.
 */
export function holdOrder<Row>(
  held: readonly HeldRow<Row>[],
  next: readonly Row[],
  keyOf: (row: Row) => string,
): HeldOrder<Row> {
  const place = new Map(next.map((row, index) => [keyOf(row), index]));
  const rows: HeldRow<Row>[] = [];
  const places: number[] = [];
  for (const old of held) {
    const at = place.get(old.key);
    const row = at === undefined ? undefined : next[at];
    if (at === undefined || row === undefined) {
      rows.push({ ...old, gone: true });
      continue;
    }
    rows.push({ key: old.key, row, gone: false });
    places.push(at);
  }
  const came = next.length - places.length;
  const went = rows.length - places.length;
  const moved = places.length - longestRise(places);
  return { rows, changes: came + went + moved };
}

/** Length of the longest rising subsequence: what stays in place when the rest moves. */
export function longestRise(values: readonly number[]): number {
  const tails: number[] = [];
  for (const value of values) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tails[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    tails[low] = value;
  }
  return tails.length;
}
