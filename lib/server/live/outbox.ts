import type { WebSocket } from "ws";
import type { ServerFrame } from "#lib/shared/topics.ts";

/**
 * What one socket still has to take. Steps and whole pictures are counted apart: on a thin line a whole picture takes its
 * time, and what changes meanwhile may wait behind it instead of making it useless.
 */
export interface Outbox {
  /** Sends a frame; a socket that is closing gets nothing. */
  send(frame: ServerFrame): void;
  /** Sends a frame that is JSON text already. */
  sendText(text: string): void;
  /**
   * Sends a whole picture: bytes that all sockets share, and how the frame ends. Ask `hasRoom` before: nothing else bounds
   * how many wait here.
   */
  sendWhole(shared: Buffer, end: string): void;
  /** More steps wait than may: send nothing more, and a whole picture later. */
  isBehind(): boolean;
  /** Nearly everything was taken: a whole picture may be sent. */
  hasRoom(): boolean;
  /** Frames taken so far. */
  taken(): number;
  /** How often everything was taken so far. */
  drains(): number;
}

/** What a waiting frame costs besides its text, bytes: many small ones are as heavy as one large. */
const frameCost = 512;

/** Makes the outbox of a socket; whoever asks it first keeps what waits below `maxBytes` and one frame more. */
export function createOutbox(socket: WebSocket, maxBytes: number): Outbox {
  let steps = 0;
  let wholes = 0;
  let taken = 0;
  let drains = 0;

  function took(): void {
    taken += 1;
    if (steps + wholes === 0) drains += 1;
  }

  function sendText(text: string): void {
    if (socket.readyState !== socket.OPEN) return;
    const cost = text.length + frameCost;
    steps += cost;
    // Called when the system has taken it, and also when it never will.
    socket.send(text, () => {
      steps -= cost;
      took();
    });
  }

  return {
    sendText,
    send: (frame) => sendText(JSON.stringify(frame)),
    sendWhole(shared, end) {
      if (socket.readyState !== socket.OPEN) return;
      wholes += shared.length;
      // In two parts, so that the large one is the same bytes for everybody: when hundreds come back at once, their
      // copies would wait for the compressor. The large one goes first: the first part decides whether it is compressed.
      socket.send(shared, { binary: false, fin: false });
      socket.send(end, { fin: true }, () => {
        wholes -= shared.length;
        took();
      });
    },
    isBehind: () => steps > maxBytes,
    hasRoom: () => steps + wholes <= maxBytes / 4,
    taken: () => taken,
    drains: () => drains,
  };
}
