import { createHmac } from "node:crypto";
import type { ComposeFile } from "#lib/shared/stacks/compose-problems.ts";
import { type FileKind, longestName } from "#lib/shared/swarm-files/limits.ts";

/** On a secret or config under a name made from its content: the name that the stack's file means. */
export const fileLabel = "shoal.stack.file";

/** Characters of a name that stand for the content: 48 bits, keyed. */
const digits = 12;

/** Names of secrets and configs that the docker command makes for a stack, and that Shoal may make others in place of. */
export type OwnNames = Readonly<Record<FileKind, ReadonlySet<string>>>;

/**
 * Of those that come from the files and have no `name:` of their own. Who writes a name has chosen it, often with a version
 * in it; it stays as it is written.
 */
export function ownNames(stack: string, composes: readonly Pick<ComposeFile, "value">[]): OwnNames {
  const of = (list: "secrets" | "configs") => {
    const parts = composes.flatMap(({ value }) => Object.entries(membersOf(membersOf(value)[list])));
    const not = parts.filter(([, part]) => isElsewhere(membersOf(part))).map(([key]) => key);
    return new Set(parts.filter(([key]) => !not.includes(key)).map(([key]) => `${stack}_${key}`));
  };
  return { secret: of("secrets"), config: of("configs") };
}

function isElsewhere({ external, name, driver }: Readonly<Record<string, unknown>>): boolean {
  return (external !== undefined && external !== false) || typeof name === "string" || driver !== undefined;
}

/**
 * The name for a content (base64). Made with a key, because everybody who may read names could guess a short secret from a
 * plain hash of it; and of the cluster, so that nobody sees that two have the same.
 */
export function nameOfContent(
  key: string,
  cluster: string,
  { kind, name, data }: { readonly kind: FileKind; readonly name: string; readonly data: string },
): string {
  const text = JSON.stringify(["name of a stack's file", cluster, kind, name, data]);
  const hash = createHmac("sha256", key).update(text).digest("hex").slice(0, digits);
  return `${name.slice(0, longestName - digits - 1)}_${hash}`;
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
