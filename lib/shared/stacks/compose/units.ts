const units = [
  ["h", 3_600_000_000_000],
  ["m", 60_000_000_000],
  ["s", 1_000_000_000],
  ["ms", 1_000_000],
  ["us", 1_000],
  ["ns", 1],
] as const;

/** Nanoseconds as Go and compose files write them, without loss: `1m30s`. */
export function durationText(ns: number): string {
  let rest = ns;
  let text = "";
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text === "" ? "0s" : text;
}

/** Bytes as compose files write them, without loss: `64M`, or the number where it is not round. */
export function bytesText(bytes: number): string {
  for (const [unit, size] of [
    ["G", 2 ** 30],
    ["M", 2 ** 20],
    ["K", 2 ** 10],
  ] as const)
    if (bytes >= size && bytes % size === 0) return `${bytes / size}${unit}`;
  return String(bytes);
}

/** Billionths of a CPU as compose files write them: `0.5`. */
export function cpusText(nano: number): string {
  const [whole, part] = [Math.floor(nano / 1e9), nano % 1e9];
  return part === 0 ? String(whole) : `${whole}.${String(part).padStart(9, "0").replace(/0+$/, "")}`;
}
