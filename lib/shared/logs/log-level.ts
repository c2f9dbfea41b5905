import { withoutAnsi } from "./ansi.ts";

/** How bad a line says it is; `other`: it does not say. */
export const logLevels = ["error", "warn", "info", "debug", "other"] as const;
export type LogLevel = (typeof logLevels)[number];

/** Where the words of a level stand is near the start: further on they are what the line talks about. */
const searched = 160;

const words: readonly (readonly [LogLevel, RegExp])[] = [
  [
    "error",
    /\b(?:ERROR|ERR|FATAL|PANIC|CRIT|CRITICAL|ALERT|EMERG|SEVERE)\b|\b(?:error|fatal|panic|critical)(?=[\]):|=])|^(?:Error|Traceback|panic:|fatal:|Unhandled|Uncaught)|\b\w+(?:Error|Exception): /,
  ],
  ["warn", /\b(?:WARN|WARNING|WRN)\b|\b(?:warn|warning)(?=[\]):|=])/i],
  ["debug", /\b(?:DEBUG|DBG|TRACE|TRC|VERBOSE)\b|\b(?:debug|trace)(?=[\]):|=])/],
  ["info", /\b(?:INFO|INF|NOTICE|LOG)\b|\b(?:info|notice)(?=[\]):|=])/],
];

const named =
  /"(?:level|lvl|severity|log\.level|levelname)"\s*:\s*(?:"([A-Za-z]+)"|(\d{1,2}))|\b(?:level|lvl|severity)=["']?([A-Za-z]+)/;

/** Guesses the level of a line: a field of JSON or logfmt that says it, else a word near the start. */
export function guessLevel(text: string): LogLevel {
  const said = named.exec(text.length > 2_000 ? text.slice(0, 2_000) : text);
  if (said) {
    const level = said[2] === undefined ? ofWord(said[1] ?? said[3] ?? "") : ofNumber(Number(said[2]));
    if (level) return level;
  }
  const start = withoutAnsi(text.slice(0, searched));
  return words.find(([, pattern]) => pattern.test(start))?.[0] ?? "other";
}

function ofWord(word: string): LogLevel | null {
  const lower = word.toLowerCase();
  if (/^(?:err|error|fatal|panic|crit|critical|alert|emerg|emergency|severe)$/.test(lower)) return "error";
  if (/^(?:warn|warning)$/.test(lower)) return "warn";
  if (/^(?:info|information|notice|log)$/.test(lower)) return "info";
  return /^(?:debug|trace|verbose)$/.test(lower) ? "debug" : null;
}

/** The numbers of bunyan and pino. */
function ofNumber(n: number): LogLevel | null {
  if (n < 10) return null;
  if (n < 30) return "debug";
  if (n < 40) return "info";
  return n < 50 ? "warn" : "error";
}
