import type { ErrorCode } from "../errors.ts";

/** `exec`: a new process in the container. `attach`: the container's own. */
export type ConsoleKind = "exec" | "attach";

/** What a console shows, and the ticket that opens it once. */
export interface ConsoleTicket {
  /** For the first frame of `/ws/terminal`, once, by whoever asked for it. */
  readonly ticket: string;
  readonly expiresInMs: number;
  readonly kind: ConsoleKind;
  readonly container: { readonly id: string; readonly name: string };
  readonly node: { readonly id: string; readonly name: string };
  /** What runs; null for attach. */
  readonly command: readonly string[] | null;
  /** Empty: the one of the image. */
  readonly user: string;
  readonly tty: boolean;
  /** Nothing can be typed: the container takes no input, or would lose it with the first who leaves. */
  readonly readOnly: boolean;
  /** Name of the service that the container belongs to: swarm replaces it with a fresh one at any time. */
  readonly service: string | null;
}

/** Why a console has ended. */
export type ConsoleEnd =
  | "exited"
  | "detached"
  | "container_stopped"
  | "container_removed"
  | "node_lost"
  | "stream_lost"
  | "given_up"
  | "signed_out"
  | "not_allowed"
  | "server_stopped";

export type TerminalServerFrame =
  | {
      readonly type: "opened";
      readonly session: string;
      /** Proves that a later `resume` comes from this tab. */
      readonly secret: string;
      /** Place of the next byte in the output: what was dropped before it cannot be shown again. */
      readonly at: number;
      /** Bytes of input that the server has taken. */
      readonly received: number;
    }
  /** Bytes of input taken so far. */
  | { readonly type: "ack"; readonly received: number }
  /** The end. `code` is null where nobody knows it. */
  | { readonly type: "exit"; readonly code: number | null; readonly reason: ConsoleEnd }
  | { readonly type: "error"; readonly code: ErrorCode; readonly message: string }
  | { readonly type: "pong" };

/** Bytes that may be under way in one direction before they are acknowledged. */
export const terminalWindow = 192 * 1024;
/** Bytes of output that are kept for a tab that comes back; more than the window and one read. */
export const terminalScrollback = 320 * 1024;
/** How long a console waits for a tab that has gone, ms. */
export const terminalGraceMs = 30_000;

/** Close codes of `/ws/terminal` beside those of `/ws`. */
export const terminalCloseCodes = { ended: 1000, refused: 4403, replaced: 4409 } as const;
