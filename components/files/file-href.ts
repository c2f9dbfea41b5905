import type { FileKind } from "#lib/shared/swarm-files/limits.ts";

/** The address of the page of a secret or config, by its name or its id. */
export function fileHref(href: (path: string) => string, kind: FileKind, ref: string): string {
  return href(`/${kind}s/${encodeURIComponent(ref)}`);
}
