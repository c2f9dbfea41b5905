import pino, { type DestinationStream, type Logger, type LoggerOptions } from "pino";
import { redact, redactText } from "./redact.ts";

/** How much is logged; `silent` logs nothing. */
export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";

/**
 * The process's log: one JSON object per line on standard output, with secrets removed from every field
 * and message. `destination` is for tests.
 */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label) => ({ level: label }),
      log: (fields) => redact(fields) as Record<string, unknown>,
      bindings: (bindings) => redact(bindings) as Record<string, unknown>,
    },
    // The formatter above has already turned errors into redacted objects.
    serializers: { err: (error: unknown) => error },
    hooks: {
      logMethod(args, method) {
        const cleaned = args.map((arg: unknown) => (typeof arg === "string" ? redactText(arg) : arg));
        method.apply(this, cleaned as typeof args);
      },
    },
  };
  return pino(options, destination ?? standardOutput());
}

/**
 * Standard output, written to for as long as somebody reads it. Pino's own writer waits at the end of the process, for ever,
 * for a pipe that nobody reads any more to take its last line (sonic-boom 4, `flushSync`): then a signal ends nothing.
 */
function standardOutput(): DestinationStream {
  const { stdout } = process;
  if (!stdout.listeners("error").includes(ignored)) stdout.on("error", ignored);
  return { write: (line) => void stdout.write(line) };
}

function ignored(): void {}
