/** A line of a difference: kept, only in the first text, or only in the second. */
export interface DiffLine {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
}

/** Longer texts are compared as two blocks instead of line by line. */
const mostLines = 20_000;
const mostEdits = 4_000;

/** The shortest way from one text to the other, line by line (Myers). */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const [a, b] = [before.split("\n"), after.split("\n")];
  const trace = a.length + b.length > mostLines ? null : forward(a, b);
  if (trace !== null) return backward(a, b, trace);
  const removed = a.map((text): DiffLine => ({ kind: "removed", text }));
  return [...removed, ...b.map((text): DiffLine => ({ kind: "added", text }))];
}

/** Furthest x on every diagonal, for 0, 1, 2, … edits; null when there are too many. */
function forward(a: readonly string[], b: readonly string[]): Map<number, number>[] | null {
  const trace: Map<number, number>[] = [];
  let reach = new Map<number, number>([[1, 0]]);
  for (let edits = 0; edits <= Math.min(a.length + b.length, mostEdits); edits += 1) {
    trace.push(new Map(reach));
    for (let k = -edits; k <= edits; k += 2) {
      let x = stepDown(reach, k, edits) ? (reach.get(k + 1) ?? 0) : (reach.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      reach.set(k, x);
      if (x >= a.length && x - k >= b.length) return trace;
    }
    reach = new Map(reach);
  }
  return null;
}

function stepDown(reach: ReadonlyMap<number, number>, k: number, edits: number): boolean {
  return k === -edits || (k !== edits && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1));
}

function backward(
  a: readonly string[],
  b: readonly string[],
  trace: readonly ReadonlyMap<number, number>[],
): readonly DiffLine[] {
  const lines: DiffLine[] = [];
  let [x, y] = [a.length, b.length];
  for (let edits = trace.length - 1; edits >= 0; edits -= 1) {
    const reach = trace[edits] ?? new Map<number, number>();
    const k = x - y;
    const down = stepDown(reach, k, edits);
    const fromX = reach.get(down ? k + 1 : k - 1) ?? 0;
    const fromY = fromX - (down ? k + 1 : k - 1);
    while (x > fromX && y > fromY && x > 0 && y > 0) {
      x -= 1;
      y -= 1;
      lines.push({ kind: "same", text: a[x] ?? "" });
    }
    if (edits === 0) break;
    if (down) lines.push({ kind: "added", text: b[fromY] ?? "" });
    else lines.push({ kind: "removed", text: a[fromX] ?? "" });
    [x, y] = [fromX, fromY];
  }
  return lines.reverse();
}

/** A part of a difference: lines that belong together, or how many equal ones are left out. */
export type DiffPart = { readonly lines: readonly DiffLine[] } | { readonly left: number };

/** Only what changed, with some equal lines around it. */
export function withContext(lines: readonly DiffLine[], around = 3): readonly DiffPart[] {
  const near = lines.map((_line, index) =>
    lines.slice(Math.max(0, index - around), index + around + 1).some(({ kind }) => kind !== "same"),
  );
  const parts: DiffPart[] = [];
  let at = 0;
  while (at < lines.length) {
    const from = at;
    const isNear = near[at] === true;
    while (at < lines.length && near[at] === isNear) at += 1;
    parts.push(isNear ? { lines: lines.slice(from, at) } : { left: at - from });
  }
  return parts;
}
