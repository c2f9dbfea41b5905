import type { Operation } from "./operation.ts";
import { operations } from "./operations.ts";

interface Pattern {
  readonly path: RegExp;
  readonly methods: readonly string[];
}

const patterns: readonly Pattern[] = buildPatterns();

/**
 * The methods this path of the API takes, in the form of the Allow header; null for a path without
 * operations. `pathname` is that of the URL, as in `/api/v1/clusters`.
 */
export function allowedMethods(pathname: string): readonly string[] | null {
  return patterns.find((pattern) => pattern.path.test(pathname))?.methods ?? null;
}

function buildPatterns(): Pattern[] {
  const byPath = new Map<string, string[]>();
  for (const { path, method } of Object.values<Operation>(operations)) {
    byPath.set(path, [...(byPath.get(path) ?? []), method]);
  }
  const holes = (path: string) => path.split("{").length;
  // As the router: `agents/join` is itself and not the agent called "join".
  const specificFirst = [...byPath].sort(([a], [b]) => holes(a) - holes(b));
  return specificFirst.map(([path, methods]) => ({
    path: new RegExp(`^/api/v1${path.replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]+")}/?$`),
    methods: [...methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])), "OPTIONS"],
  }));
}
