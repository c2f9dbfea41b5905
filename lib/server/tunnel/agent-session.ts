import { type ClientHttp2Session, connect } from "node:http2";
import type { Duplex } from "node:stream";
import type { Logger } from "pino";
import type { WebSocket } from "ws";
import { tunnelErrnos } from "#lib/server/docker/errors.ts";
import { maxFrameSize, pingEveryMs } from "#lib/shared/agent/protocol.ts";
import { StreamSocket } from "#lib/tunnel/stream-socket.ts";
import { WebSocketPipe } from "#lib/tunnel/web-socket-pipe.ts";

/** Whom a stream of the tunnel is for: the node's Docker socket, or the agent itself. */
export type Authority = "docker" | "node";

/** The open tunnel of one agent. It is over after `onEnd`, once. */
export interface AgentSession {
  /** One connection to the engine or the agent. Rejects with an errno of `tunnelErrnos` or the agent's reason. */
  open(authority: Authority): Promise<Duplex>;
  /** The last answered look for life, ms; null before the first. */
  roundTripMs(): number | null;
  readonly since: number;
  /** Ends every stream; `why` goes to the log and the agents page. */
  end(why: string): void;
}

export interface AgentSessionOptions {
  readonly socket: WebSocket;
  readonly name: string;
  readonly log: Logger;
  readonly onEnd: (why: string) => void;
  readonly now?: () => number;
}

/** Downloads over a line of 40 ms run at the speed of this window per round trip (swarm-facts §9). */
const streamWindow = 1024 * 1024;
const sessionWindow = 4 * streamWindow;
/** An agent that cannot open the engine's socket says so at once; this is for one that says nothing, ms. */
const openTimeoutMs = 10_000;

/** Takes over a WebSocket whose handshake is done: from now on it carries HTTP/2, and the server is the client. */
export function startAgentSession(options: AgentSessionOptions): AgentSession {
  const { socket, name, log, onEnd, now = Date.now } = options;
  const pipe = new WebSocketPipe(socket);
  const session = connect("http://agent", {
    createConnection: () => pipe,
    settings: { initialWindowSize: streamWindow, enablePush: false, maxFrameSize },
    maxSessionMemory: 64,
  });
  const since = now();
  let roundTrip: number | null = null;
  let ended = false;

  function end(why: string): void {
    if (ended) return;
    ended = true;
    clearInterval(pulse);
    session.destroy();
    socket.terminate();
    log.info({ agent: name, why }, "agent gone");
    onEnd(why);
  }

  session.once("connect", () => session.setLocalWindowSize(sessionWindow));
  session.on("error", (error) => end(error.message));
  session.on("goaway", () => end("the agent ended the connection"));
  session.on("close", () => end("the connection ended"));
  socket.on("error", (error) => end(error.message));
  socket.on("close", (code, reason) =>
    end(`the connection ended (${code}${reason.length > 0 ? ` ${reason}` : ""})`),
  );

  const pulse = startPulse(session, (outcome) => {
    if (outcome === "silent") end(`no answer for ${(2 * pingEveryMs) / 1000} s`);
    else roundTrip = outcome;
  });

  return {
    open: (authority) => (ended ? Promise.reject(offline(name)) : openStream(session, authority, name)),
    roundTripMs: () => roundTrip,
    since,
    end,
  };
}

/** Looks for life; two looks in a row without an answer are silence. */
function startPulse(
  session: ClientHttp2Session,
  heard: (outcome: number | "silent") => void,
): NodeJS.Timeout {
  let unanswered = 0;
  const look = (): void => {
    if (session.destroyed) return;
    if (unanswered >= 2) {
      heard("silent");
      return;
    }
    unanswered += 1;
    session.ping((error, ms) => {
      if (error) return;
      unanswered = 0;
      heard(ms);
    });
  };
  session.once("connect", look);
  return setInterval(look, pingEveryMs);
}

function openStream(session: ClientHttp2Session, authority: Authority, name: string): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    if (session.destroyed || session.closed) return reject(offline(name));
    const stream = session.request({ ":method": "CONNECT", ":authority": authority }, { endStream: false });
    const timer = setTimeout(() => {
      stream.close();
      reject(
        Object.assign(new Error(`the agent on ${name} did not open a connection`), { code: "ETIMEDOUT" }),
      );
    }, openTimeoutMs);
    stream.once("error", (error) => {
      clearTimeout(timer);
      reject(session.destroyed ? offline(name) : error);
    });
    stream.once("close", () => {
      clearTimeout(timer);
      reject(lost(name));
    });
    stream.once("response", (headers) => {
      clearTimeout(timer);
      if (headers[":status"] === 200) return resolve(new StreamSocket(stream, () => lost(name)));
      stream.close();
      const errno = String(headers["x-shoal-errno"] ?? "ECONNREFUSED");
      reject(Object.assign(new Error(`the agent on ${name} cannot reach it (${errno})`), { code: errno }));
    });
  });
}

function offline(name: string): Error {
  return Object.assign(new Error(`the agent on ${name} is not connected`), { code: tunnelErrnos.offline });
}

function lost(name: string): Error {
  return Object.assign(new Error(`the connection to the agent on ${name} ended`), {
    code: tunnelErrnos.lost,
  });
}
