import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, posix } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

/** One import or re-export statement. `target` is a path from the repository's root, or undefined for a package. */
export interface Import {
  readonly from: string;
  readonly specifier: string;
  readonly target: string | undefined;
  readonly typeOnly: boolean;
  readonly reExport: boolean;
}

export interface Source {
  readonly path: string;
  readonly text: string;
}

/** Every file that is or will be in git (not ignored), by the end of its name. */
export function sourceFiles(...extensions: readonly string[]): Source[] {
  const list = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: ROOT,
  });
  return String(list)
    .split("\0")
    .filter((path) => extensions.some((extension) => path.endsWith(extension)))
    .flatMap((path) => {
      try {
        return [{ path, text: readFileSync(join(ROOT, path), "utf8") }];
      } catch {
        return []; // deleted, and the deletion is not committed yet
      }
    });
}

const STATEMENT =
  /^\s*(import|export)\s+(type\s+)?([^;"'`]*?\sfrom\s+)?"([^"\n]+)"|\b(import)\(\s*"([^"\n]+)"\s*\)/gm;

/** The import statements of a file, found by their shape: our code is formatted by one tool, so the shape is known. */
export function importsOf({ path, text }: Source): Import[] {
  return [...text.matchAll(STATEMENT)].map(([, keyword, type, names = "", stated, , dynamic]) => {
    const specifier = stated ?? dynamic ?? "";
    return {
      from: path,
      specifier,
      target: resolveImport(path, specifier),
      typeOnly: Boolean(type) || isOnlyTypes(names),
      reExport: keyword === "export",
    };
  });
}

/** `{ type A, type B } from` names only types. */
function isOnlyTypes(names: string): boolean {
  const list = /^\{([\s\S]*)\}\s+from\s+$/.exec(names)?.[1];
  const parts =
    list
      ?.split(",")
      .map((name) => name.trim())
      .filter(Boolean) ?? [];
  return parts.length > 0 && parts.every((name) => name.startsWith("type "));
}

function resolveImport(from: string, specifier: string): string | undefined {
  if (specifier.startsWith("#")) return specifier.slice(1);
  if (specifier.startsWith(".")) return posix.join(posix.dirname(from), specifier);
  return undefined;
}
