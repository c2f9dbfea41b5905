import { joinCommand, splitCommand } from "#lib/shared/terminal/split-command.ts";
import type { ConsoleKind } from "#lib/shared/terminal/types.ts";

/** Which console a page shows, as its address says. */
export interface ConsoleAddress {
  readonly container: string;
  /** Null: on whatever node it is found. */
  readonly node: string | null;
  readonly kind: ConsoleKind;
  /** Null: a shell of the image. */
  readonly command: readonly string[] | null;
  readonly user: string;
}

/** Null where no container is named. */
export function readConsoleAddress(query: URLSearchParams): ConsoleAddress | null {
  const container = query.get("container") ?? "";
  if (container === "") return null;
  const words = splitCommand(query.get("command") ?? "") ?? [];
  return {
    container,
    node: query.get("node") || null,
    kind: query.get("kind") === "attach" ? "attach" : "exec",
    command: words.length === 0 ? null : words,
    user: query.get("user") ?? "",
  };
}

export function writeConsoleAddress(
  address: Partial<ConsoleAddress> & { container: string },
): URLSearchParams {
  const { container, node, kind, command, user } = address;
  const query = new URLSearchParams({ container });
  if (node) query.set("node", node);
  if (kind === "attach") query.set("kind", "attach");
  if (command && command.length > 0) query.set("command", joinCommand(command));
  if (user) query.set("user", user);
  return query;
}

/** Path of the page with a console in a container, below the cluster. */
export function consolePath(container: string, node: string | null): string {
  return `/console?${writeConsoleAddress({ container, node })}`;
}
