import { readFileSync, unwatchFile, watchFile } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerOptions } from "node:http";
import { createServer as createTlsServer, type Server as TlsServer } from "node:https";
import { createSecureContext } from "node:tls";
import type { Logger } from "pino";

/** Files of the certificate chain and its key, both PEM. */
export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

const options: ServerOptions = {
  // Longer than the idle timeout of usual proxies (60 s), so that they do not send into a closing connection.
  keepAliveTimeout: 65_000,
  headersTimeout: 66_000,
  // Uploads of images and volumes take as long as they take.
  requestTimeout: 0,
  // Other protocols offered in passing, as HTTP/2 by curl, are answered as plain requests.
  shouldUpgradeCallback: (request: IncomingMessage) => request.headers.upgrade?.toLowerCase() === "websocket",
};

/**
 * The server, not yet listening: plain HTTP, or HTTPS with certificates that are read again when their files
 * change. The watch ends when the server closes. Throws when the certificate cannot be used.
 */
export function createHttpServer(tls: TlsFiles | null, log: Logger): Server | TlsServer {
  if (tls === null) return createServer(options);
  const server = createTlsServer({ ...options, ...readTls(tls) });
  const stopWatching = watchTls(tls, server, log);
  server.on("close", stopWatching);
  return server;
}

/** Checks the files every `intervalMs`; polling also sees files that are replaced through links, as secrets are. */
export function watchTls(tls: TlsFiles, server: TlsServer, log: Logger, intervalMs = 5_000): () => void {
  const reload = (): void => {
    try {
      server.setSecureContext(readTls(tls));
      log.info({ certFile: tls.certFile }, "TLS certificate reloaded");
    } catch (error) {
      // While only one of the two files is new they do not match; the other's change brings us here again.
      log.warn({ err: error, certFile: tls.certFile }, "TLS certificate not reloaded, the earlier one stays");
    }
  };
  const files = [tls.certFile, tls.keyFile];
  for (const file of files) watchFile(file, { interval: intervalMs, persistent: false }, reload);
  return () => {
    for (const file of files) unwatchFile(file, reload);
  };
}

function readTls(tls: TlsFiles): { cert: Buffer; key: Buffer } {
  const pair = { cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) };
  createSecureContext(pair);
  return pair;
}
