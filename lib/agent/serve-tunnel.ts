import { performServerHandshake, type ServerHttp2Session, type ServerHttp2Stream } from "node:http2";
import type { Duplex } from "node:stream";
import { maxFrameSize, silentMs } from "#lib/shared/agent/protocol.ts";
import { StreamSocket } from "#lib/tunnel/stream-socket.ts";

/** Serves one stream; throws or rejects with an errno when the other end cannot be reached. */
export type StreamHandler = (open: () => Duplex) => void | Promise<void>;

export interface TunnelHandlers {
  readonly docker: StreamHandler;
  readonly node: StreamHandler;
}

const streamWindow = 1024 * 1024;
/** Calls, followers and consoles of one node at a time. */
const maxStreams = 512;

/**
 * Serves the server's streams until the connection ends; resolves with why. The agent never asks for anything: it is
 * the server of this HTTP/2 connection.
 */
export function serveTunnel(pipe: Duplex, handlers: TunnelHandlers): Promise<string> {
  return new Promise((resolve) => {
    const session = performServerHandshake(pipe, {
      settings: { initialWindowSize: streamWindow, maxConcurrentStreams: maxStreams, maxFrameSize },
      maxSessionMemory: 64,
    });
    session.setLocalWindowSize(4 * streamWindow);
    let over = false;
    const end = (why: string): void => {
      if (over) return;
      over = true;
      clearInterval(watch);
      session.destroy();
      pipe.destroy();
      resolve(why);
    };
    const watch = watchSilence(session, () => end(`nothing was heard for ${silentMs / 1000} s`));
    session.on("stream", (stream, headers) => answer(stream, headers, handlers));
    session.on("error", (error: Error) => end(error.message));
    session.on("close", () => end("the server ended the connection"));
    pipe.on("close", () => end("the connection ended"));
  });
}

/** The server looks for life every few seconds; when it does not, the way to it is gone. */
function watchSilence(session: ServerHttp2Session, silent: () => void): NodeJS.Timeout {
  let heardAt = Date.now();
  session.on("ping", () => {
    heardAt = Date.now();
  });
  return setInterval(() => Date.now() - heardAt > silentMs && silent(), 1_000);
}

function answer(
  stream: ServerHttp2Stream,
  headers: Readonly<Record<string, unknown>>,
  handlers: TunnelHandlers,
): void {
  stream.on("error", () => undefined);
  const authority = headers[":authority"];
  const handler = authority === "docker" || authority === "node" ? handlers[authority] : null;
  if (headers[":method"] !== "CONNECT" || handler === null) {
    stream.respond({ ":status": 404 }, { endStream: true });
    return;
  }
  const open = (): Duplex => {
    stream.respond({ ":status": 200 });
    return new StreamSocket(stream, () => new Error("the server went away"));
  };
  Promise.resolve(handler(open)).catch((error: unknown) => {
    const errno = (error as NodeJS.ErrnoException).code ?? "ECONNREFUSED";
    if (!stream.headersSent && !stream.destroyed) {
      stream.respond({ ":status": 502, "x-shoal-errno": errno }, { endStream: true });
    } else stream.close();
  });
}
