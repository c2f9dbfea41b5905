import { expect, it } from "vitest";
import { guessLevel, type LogLevel } from "./log-level.ts";

it.each<[LogLevel, string]>([
  ["error", "2026-11-24 12:00:00 ERROR payments: upstream timeout"],
  ["error", '{"level":"error","msg":"all is well"}'],
  ["error", '{"time":1,"level":50,"msg":"x"}'],
  ["error", "level=fatal msg=bye"],
  ["error", "[error] nginx: no upstream"],
  ["error", "TypeError: x is not a function"],
  ["error", "panic: runtime error: index out of range"],
  ["error", "\x1b[31mERROR\x1b[0m failed"],
  ["warn", "WARN heap 212 MB"],
  ["warn", "level=warning msg=x"],
  ["warn", "Warning: something"],
  ["info", "INFO orders.list"],
  ["info", "LOG:  checkpoint starting: time"],
  ["info", '{"level":30,"msg":"an ERROR in the text"}'],
  ["debug", "DEBUG x"],
  ["debug", '{"severity":"TRACE"}'],
  ["other", '10.0.4.7 "GET /errors" 200'],
  ["other", "tick 12"],
  ["other", "no error at all in this sentence"],
  ["other", ""],
  ["other", '{"level":"silly"}'],
])("says %s of %j", (level, text) => {
  expect(guessLevel(text)).toBe(level);
});
