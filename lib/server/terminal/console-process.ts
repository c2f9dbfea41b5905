import type { Duplex } from "node:stream";
import type { FoundContainer } from "#lib/server/cluster/containers/find-container.ts";
import type { LinkedNode } from "#lib/server/cluster/nodes/node-engines.ts";
import type { ConsoleEnd, ConsoleKind } from "#lib/shared/terminal/types.ts";

/** What a console was asked to show. */
export interface ConsolePlan {
  readonly kind: ConsoleKind;
  readonly target: FoundContainer;
  /** Empty for attach. */
  readonly command: readonly string[];
  readonly user: string;
  readonly tty: boolean;
  readonly readOnly: boolean;
  /** A shell of the image, to end the process with; null: there is none. */
  readonly shell: string | null;
}

/** How a process ended. */
export interface ConsoleOutcome {
  readonly code: number | null;
  readonly reason: ConsoleEnd;
  /** It may still run. */
  readonly isRunning: boolean;
}

/** A process, or the container's own, behind a raw connection. */
export interface ConsoleProcess {
  readonly stream: Duplex;
  /** Without a terminal the bytes come in the engine's frames. */
  readonly isFramed: boolean;
  resize(cols: number, rows: number): void;
  /** How it went; asked once the stream has ended. */
  outcome(): Promise<ConsoleOutcome>;
  /**
   * Ends it for sure, over the link given or the one it was started with; false when it could not be ended now. What is
   * the container's own is left alone.
   */
  end(over?: LinkedNode): Promise<boolean>;
}
