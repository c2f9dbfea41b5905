import type { Duplex } from "node:stream";

/**
 * Joins two connections into one, byte for byte. The end of one side's bytes ends the other's writing and nothing
 * else (half-close is how a console's input ends); an error or a connection that goes away ends both at once.
 */
export function joinStreams(one: Duplex, other: Duplex, onError: (error: Error) => void): void {
  pass(one, other, onError);
  pass(other, one, onError);
}

function pass(from: Duplex, to: Duplex, onError: (error: Error) => void): void {
  // pipe holds `from` back while `to` is full, and ends `to` at the end of `from`.
  from.pipe(to);
  from.on("error", (error) => {
    onError(error);
    to.destroy();
  });
  from.on("close", () => {
    // Closed in good order means that both of its directions have ended: what is left in `to` goes out by itself.
    if (!from.readableEnded || !from.writableFinished) to.destroy();
  });
}
