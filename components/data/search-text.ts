/** What the text filter of a table looks in, made once for each row: every key asks for that of all. */
export function searchTextOf<Row extends object>(make: (row: Row) => string): (row: Row) => string {
  const made = new WeakMap<Row, string>();
  return (row) => {
    const known = made.get(row);
    if (known !== undefined) return known;
    const text = make(row);
    made.set(row, text);
    return text;
  };
}
