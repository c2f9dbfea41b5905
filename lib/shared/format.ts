import { type Phrase, phrase, say } from "./i18n/phrase.ts";
import { t as english, type MessageKey, type Translate } from "./i18n/translate.ts";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

/** A length of time in one unit, rounded down, as a phrase for use inside a sentence. Negative counts as 0. */
export function durationPhrase(ms: number): Phrase {
  const value = Math.max(0, ms);
  if (value < minute) return phrase("format.seconds", { n: Math.floor(value / second) });
  if (value < hour) return phrase("format.minutes", { n: Math.floor(value / minute) });
  if (value < day) return phrase("format.hours", { n: Math.floor(value / hour) });
  if (value < 2 * year) return phrase("format.days", { n: Math.floor(value / day) });
  return phrase("format.years", { n: Math.floor(value / year) });
}

/** A length of time in one unit, rounded down: 12 s, 41 min, 3 h, 6 d, 2 y. */
export function formatDuration(ms: number, t: Translate = english): string {
  return say(t, durationPhrase(ms));
}

/** How long ago `then` was, as a bare length of time ("5 d"). Both in ms since 1970. */
export function formatAge(then: number, now: number, t: Translate = english): string {
  return formatDuration(now - then, t);
}

/** How long ago in words: "5 d ago", and "just now" below one second or for a clock ahead of ours. */
export function formatAgo(then: number, now: number, t: Translate = english): string {
  if (now - then < second) return t("common.justNow");
  return t("common.ago", { time: formatDuration(now - then, t) });
}

/** Date, time and zone for hover, in the reader's own zone unless `timeZone` says another. */
export function formatExact(ms: number, timeZone?: string): string {
  return exactFormat(timeZone).format(ms);
}

const exactFormats = new Map<string | undefined, Intl.DateTimeFormat>();

/** Made once for each zone: a table asks for each row it scrolls into sight, and making one takes a millisecond. */
function exactFormat(timeZone: string | undefined): Intl.DateTimeFormat {
  const known = exactFormats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
    timeZone,
  });
  exactFormats.set(timeZone, made);
  return made;
}

const byteUnits: readonly MessageKey[] = [
  "format.bytes",
  "format.kilobytes",
  "format.megabytes",
  "format.gigabytes",
  "format.terabytes",
];

/** One decimal below 10, none above; never "1024 MB". */
function rounded(value: number): number {
  return value < 10 ? Math.round(value * 10) / 10 : Math.round(value);
}

/** Memory and disk sizes in steps of 1024, as the docker CLI reads them: 512 MB, 3.4 GB. */
export function formatBytes(bytes: number, t: Translate = english): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (rounded(value) >= 1024 && unit < byteUnits.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return t(byteUnits[unit] ?? "format.bytes", { n: unit === 0 ? Math.round(value) : rounded(value) });
}

/** Nano-CPUs as CPUs, at most two decimals: 0.5 CPU. */
export function formatCpu(nanoCpus: number, t: Translate = english): string {
  return t("format.cpu", { n: Math.round(nanoCpus / 1e7) / 100 });
}

/** A fraction (0.38) as "38 %", rounded so that only nothing is 0 % and only all is 100 %. */
export function formatPercent(fraction: number, t: Translate = english): string {
  const percent = Math.round(fraction * 100);
  if (percent === 0 && fraction > 0) return t("format.percent", { n: 1 });
  if (percent === 100 && fraction < 1) return t("format.percent", { n: 99 });
  return t("format.percent", { n: percent });
}
