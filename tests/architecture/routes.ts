import { importsOf, type Source } from "./sources.ts";

const METHODS = "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS";
const GUARDED = new RegExp(`^export const (?:${METHODS}) = withApi\\(`);
const HANDLER = new RegExp(`^export\\b[^\\n]*\\b(?:${METHODS})\\b|^export (?:\\{|\\*|default)`);

/** next-auth guards its own endpoint. */
const OWN_GUARD = "app/api/auth/[...nextauth]/route.ts";

/** Routes that answer without asking who is there, because they can reach nothing that is worth guarding. */
const HARMLESS: Readonly<Record<string, string>> = {
  "app/api/health/route.ts": "a constant, for health checks",
  "app/api/[[...rest]]/route.ts": "404 for every path nobody takes",
};
/** All that a harmless route may use: with these it cannot reach the runtime. */
const HARMLESS_IMPORTS = /^(lib\/shared\/|lib\/web\/problem-response\.ts$)/;

/** What of a route file is reachable without going through the one guard, as sentences; empty when nothing is. */
export function unguarded(file: Source): string[] {
  const { path, text } = file;
  if (path === OWN_GUARD) return [];
  if (path in HARMLESS) {
    return importsOf(file)
      .filter(({ target }) => !HARMLESS_IMPORTS.test(target ?? ""))
      .map(({ specifier }) => `${path} is not guarded and imports ${specifier}`);
  }
  const handlers = text.split("\n").filter((line) => HANDLER.test(line));
  if (handlers.length === 0) return [`${path} exports no handler`];
  return handlers.filter((line) => !GUARDED.test(line)).map((line) => `${path}: ${line}`);
}
