import { once } from "node:events";
import type { Server } from "node:http";
import type { Logger } from "pino";

/** What has to end, in the order of `stopServing`. */
export interface Serving {
  readonly server: Server;
  readonly log: Logger;
  /** Ends sockets, streams and everything that watches engines. */
  stopLive(): Promise<void>;
  closePages(): Promise<void>;
  closeData(): void;
}

/**
 * Ends serving in the order that loses nothing: no new connections, live connections told to go, running
 * requests given `graceMs`, then the pages, then the database. `server.close` alone would wait for ever for
 * open streams, so what is still connected after the grace is cut.
 */
export async function stopServing(serving: Serving, graceMs = 5_000): Promise<void> {
  const { server, log } = serving;
  const closed = once(server, "close");
  server.close();
  await serving.stopLive();
  server.closeIdleConnections();
  const cut = setTimeout(() => {
    log.warn("connections were still open and are cut");
    server.closeAllConnections();
  }, graceMs);
  await closed;
  clearTimeout(cut);
  await serving.closePages();
  serving.closeData();
  log.info("stopped");
}
