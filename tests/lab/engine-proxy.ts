import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A wire tap between Shoal and an engine: counts calls, and holds one back at the worst moment. */
export interface EngineProxy {
  /** As a DOCKER_HOST value. */
  readonly host: string;
  /** Calls so far; the event stream is one. */
  calls(): number;
  /**
   * Holds the next call that fits back: `request` before the engine gets it, `answer` after the engine has done it.
   * Resolves once a call is held; it is never let go, as behind a cable that was cut.
   */
  holdNext(method: string, path: RegExp, what: "request" | "answer"): Promise<void>;
  /** Answers to calls that fit and go on at this moment. */
  streams(path: RegExp): number;
  /** Breaks the answers that fit, in the middle. */
  cut(path: RegExp): void;
  close(): void;
}

interface Hold {
  readonly method: string;
  readonly path: RegExp;
  readonly what: "request" | "answer";
  readonly caught: () => void;
}

/** Starts a proxy on a free loopback port in front of an engine's socket. The caller closes it. */
export async function startEngineProxy(socketPath: string): Promise<EngineProxy> {
  let calls = 0;
  let hold: Hold | null = null;
  const open = new Map<ServerResponse, string>();
  const fitting = (path: RegExp) => [...open].filter(([, url]) => path.test(url)).map(([answer]) => answer);

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    calls += 1;
    const { method = "GET", url = "/", headers } = incoming;
    const mine = hold?.method === method && hold.path.test(url) ? hold : null;
    if (mine) hold = null;
    if (mine?.what === "request") return mine.caught();
    const call = request({ socketPath, method, path: url, headers });
    incoming.pipe(call);
    open.set(outgoing, url);
    outgoing.on("close", () => {
      open.delete(outgoing);
      call.destroy();
    });
    const [answer] = (await once(call, "response")) as [IncomingMessage];
    if (mine) {
      answer.resume();
      await once(answer, "end");
      return mine.caught();
    }
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    outgoing.flushHeaders();
    answer.pipe(outgoing);
  }

  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    host: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => calls,
    holdNext: (method, path, what) =>
      new Promise((caught) => {
        hold = { method, path, what, caught };
      }),
    streams: (path) => fitting(path).length,
    cut(path) {
      for (const answer of fitting(path)) answer.destroy();
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
