import type { Runtime } from "#lib/server/runtime-types.ts";

const key = Symbol.for("shoal.runtime");

/**
 * The process's one Runtime, put on globalThis by the server: modules that Next bundles exist several times,
 * globalThis once. Call it inside handlers, never while a module loads, for `next build` loads modules too.
 */
export function getRuntime(): Runtime {
  const runtime = (globalThis as { [key]?: Runtime })[key];
  if (!runtime)
    throw new Error("There is no runtime: pages are served by Shoal's own server (npm start) only.");
  return runtime;
}
