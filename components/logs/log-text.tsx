import { clsx } from "clsx";
import type { ReactNode } from "react";
import { type AnsiSpan, parseAnsi } from "#lib/shared/logs/ansi.ts";

/** Colours of a terminal in ours; bright ones are the same. */
const colors = [
  "text-ink-3",
  "text-bad",
  "text-ok",
  "text-warn",
  "text-[var(--ansi-blue)]",
  "text-[var(--ansi-magenta)]",
  "text-accent",
  "text-ink",
] as const;

const levelWord = /\b(?:(ERROR|ERR|FATAL|PANIC|CRITICAL)|(WARN|WARNING)|(INFO|NOTICE)|(DEBUG|TRACE))\b/;
const levelColors = ["text-bad", "text-warn", "text-accent", "text-ink-3"] as const;
/** A level stands near the start of a line. */
const levelWithin = 80;

/** Most marks drawn in one line. */
const mostMarks = 200;

interface Part {
  readonly text: string;
  readonly className: string;
}

function lookOf(span: AnsiSpan): string {
  return clsx(
    span.color !== null && (span.color === 8 ? colors[0] : colors[span.color % 8]),
    span.bold && "font-semibold",
    span.dim && "text-ink-3",
    span.italic && "italic",
    span.underline && "underline",
  );
}

/** A line without colours of its own has its level in colour. */
function withLevel(span: AnsiSpan): readonly Part[] {
  const match = levelWord.exec(span.text.slice(0, levelWithin));
  if (!match) return [{ text: span.text, className: "" }];
  const group = match.slice(1).findIndex((part) => part !== undefined);
  const end = match.index + match[0].length;
  return [
    { text: span.text.slice(0, match.index), className: "" },
    { text: match[0], className: levelColors[group] ?? "" },
    { text: span.text.slice(end), className: "" },
  ];
}

/** Where the pattern matches in the whole text, whatever spans it goes across. */
function rangesOf(text: string, pattern: RegExp | null): readonly (readonly [number, number])[] {
  if (pattern === null) return [];
  const ranges: [number, number][] = [];
  const all = new RegExp(pattern.source, `${pattern.flags}g`);
  for (const match of text.matchAll(all)) {
    if (match[0] !== "") ranges.push([match.index, match.index + match[0].length]);
    if (ranges.length >= mostMarks) break;
  }
  return ranges;
}

export interface LogTextProps {
  text: string;
  /** Matches are marked. */
  pattern: RegExp | null;
}

/** The text of a line: colours of the terminal, matches marked, everything else as text. */
export function LogText({ text, pattern }: LogTextProps) {
  const spans = parseAnsi(text);
  const only = spans.length === 1 ? spans[0] : undefined;
  const parts =
    only && lookOf(only) === ""
      ? withLevel(only)
      : spans.map((span) => ({ text: span.text, className: lookOf(span) }));
  const ranges = rangesOf(parts.map((part) => part.text).join(""), pattern);
  let at = 0;
  return parts.map((part) => {
    const start = at;
    at += part.text.length;
    const inside = marked(part.text, start, ranges);
    return part.className === "" ? (
      inside
    ) : (
      <span key={start} className={part.className}>
        {inside}
      </span>
    );
  });
}

function marked(text: string, start: number, ranges: readonly (readonly [number, number])[]): ReactNode {
  const pieces: ReactNode[] = [];
  let done = 0;
  for (const [from, to] of ranges) {
    const [a, b] = [Math.max(from - start, done), Math.min(to - start, text.length)];
    if (b <= a) continue;
    pieces.push(text.slice(done, a));
    pieces.push(
      <mark key={from} className="rounded-[2px] bg-[var(--match)] px-px text-[var(--on-match)]">
        {text.slice(a, b)}
      </mark>,
    );
    done = b;
  }
  return pieces.length === 0 ? text : [...pieces, text.slice(done)];
}
