/** A spreadsheet runs what begins like this as a formula, also after blanks and in their full-width forms. */
const formula = /^\s*[=+\-@＝＋－＠\t\r]/;

/** One line of a CSV file (RFC 4180). No cell is ever a formula to a spreadsheet, whoever wrote its text. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

function cell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const harmless = formula.test(value) ? `'${value}` : value;
  return `"${harmless.replaceAll('"', '""')}"`;
}
