import type { FoundContainer } from "#lib/server/cluster/containers/find-container.ts";
import { AppError, isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { joinCommand } from "#lib/shared/terminal/split-command.ts";

/** Best first. The last is where images without a system keep a shell for debugging. */
const shells = [
  "/bin/bash", "/usr/bin/bash", "/usr/local/bin/bash", "/bin/ash", "/bin/sh", "/usr/bin/sh", "/busybox/sh",
] as const; // biome-ignore format: in order

/**
 * The best shell of a container, found by looking at its files: trying to run them would leave failed processes in
 * the engine's books. Null when there is none.
 */
export async function findShell({ node, id }: FoundContainer): Promise<string | null> {
  const there = await Promise.all(shells.map((path) => hasFile(node, id, path)));
  return shells.find((_, index) => there[index]) ?? null;
}

async function hasFile(node: FoundContainer["node"], id: string, path: string): Promise<boolean> {
  const { engine, signal } = node;
  try {
    const answer = engine.stream(`/containers/${id}/archive`, { method: "HEAD", query: { path }, signal });
    for await (const _ of answer);
    return !signal.aborted;
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") return false;
    throw error;
  }
}

/** What to say where there is no shell: what was looked for, and what can be typed instead. */
export function noShell({ name, value }: FoundContainer): AppError {
  const program = joinCommand([value.Path ?? "", ...(value.Args ?? [])].filter((word) => word !== "")).slice(
    0,
    300,
  );
  return new AppError("no_shell", t("consoles.error.noShell", { name, shells: "bash, ash, sh", program }), {
    details: { program },
  });
}
