import { cpus, totalmem } from "node:os";

/** Bytes of a KB and of an MB. */
export const KB = 1_024;
export const MB = 1_024 * KB;

/** One measured thing. Sizes are in KB of 1,024 bytes and MB of 1,024 KB. */
export interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: "KB" | "MB" | "ms" | "s" | "%" | "";
  /** At most this, in the same unit; null: measured to be known, nothing is promised. */
  readonly budget: number | null;
  /** The same thing done as other dashboards do it, measured in the same run. */
  readonly peer?: number;
  readonly note?: string;
}

/** The middle of several measurements; of an even number the lower one. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The smallest measurement that a share of all does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (value === undefined) throw new Error("nothing was measured");
  return value;
}

function number(value: number): string {
  const digits = value === 0 || value >= 100 ? 0 : value >= 1 ? 1 : 2;
  return value.toLocaleString("en", { minimumFractionDigits: 0, maximumFractionDigits: digits });
}

const amount = (value: number, unit: Row["unit"]) => (unit ? `${number(value)} ${unit}` : number(value));

function peerText({ value, peer, unit }: Row): string {
  if (peer === undefined) return "";
  const ratio = peer > 0 && value > 0 ? ` (${number(peer / value)}×)` : "";
  return amount(peer, unit) + ratio;
}

/** Whether a row keeps its promise; null when it has none. */
function verdict({ value, budget }: Row): boolean | null {
  return budget === null ? null : value <= budget;
}

/** The rows as a Markdown table, which reads well in a terminal too. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.what,
    amount(row.value, row.unit),
    row.budget === null ? "" : `≤ ${amount(row.budget, row.unit)}`,
    { true: "kept", false: "missed", null: "" }[`${verdict(row)}`] ?? "",
    peerText(row),
    row.note ?? "",
  ]);
  const head = ["what", "measured", "budget", "", "polling page (ratio)", "how"];
  const widths = head.map((name, at) => Math.max(name.length, ...cells.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...cells.map(line)].join("\n");
}

/** What the numbers were taken with, in one sentence a line. */
export function circumstances(versions: Readonly<Record<string, string>>, load: readonly number[]): string {
  const [cpu] = cpus();
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC.`,
    `${cpus().length} × ${cpu?.model.trim()}, ${number(totalmem() / MB / KB)} GB of memory, ${process.platform}.`,
    `${names.join(", ")}.`,
    `Load of the machine when it began: ${load.map((value) => value.toFixed(1)).join(", ")} (1, 5 and 15 minutes).`,
  ].join("\n");
}
