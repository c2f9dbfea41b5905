import { once } from "node:events";
import { WebSocket } from "ws";
import { applyDelta } from "#lib/shared/model/reducer.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import type { ServerFrame } from "#lib/shared/topics.ts";

/** A page's live socket without the page: it keeps the model as a browser would, and everything it was ever shown. */
export interface Viewer {
  /** The present picture. Throws before the first snapshot. */
  model(): ClusterModel;
  /** Every picture that a screen would have shown, oldest first. */
  readonly pictures: readonly ClusterModel[];
  /** Every frame, as text. */
  readonly frames: readonly string[];
  /** Close code of the server, null while the socket is open. */
  closed(): number | null;
  close(): void;
}

/**
 * Opens `/ws` and subscribes to a cluster. It never reconnects: whoever wants to see that does it again. Rejects with
 * the HTTP status when the socket is refused. The caller closes it.
 */
export async function watchCluster(
  url: string,
  headers: Readonly<Record<string, string>>,
  cluster = "local",
): Promise<Viewer> {
  const socket = await openSocket(url, headers);
  const frames: string[] = [];
  const pictures: ClusterModel[] = [];
  let closed: number | null = null;
  socket.on("close", (code) => {
    closed = code;
  });
  socket.on("message", (data) => {
    frames.push(String(data));
    const next = shown(pictures.at(-1), JSON.parse(String(data)) as ServerFrame);
    if (next) pictures.push(next);
  });
  socket.send(JSON.stringify({ type: "subscribe", sub: 1, topic: "cluster", cluster }));
  return {
    pictures,
    frames,
    closed: () => closed,
    close: () => socket.close(),
    model: () => {
      const last = pictures.at(-1);
      if (!last) throw new Error(`no picture yet; frames: ${frames.join(" ").slice(0, 300) || "none"}`);
      return last;
    },
  };
}

/** Opens a bare `/ws`. Rejects with the status and body when it is refused. */
export async function openSocket(
  url: string,
  headers: Readonly<Record<string, string>>,
  path = "/ws",
): Promise<WebSocket> {
  const socket = new WebSocket(url.replace(/^http/, "ws") + path, { headers });
  const refused = new Promise<never>((_, reject) => {
    socket.once("error", reject);
    socket.once("unexpected-response", (_request, response) => {
      response.setEncoding("utf8");
      let body = "";
      response.on("data", (text: string) => {
        body += text;
      });
      response.on("end", () => reject(new SocketRefused(response.statusCode ?? 0, response.headers, body)));
    });
  });
  await Promise.race([once(socket, "open"), refused]);
  socket.on("error", () => undefined);
  return socket;
}

/** The HTTP answer to an upgrade that was refused. */
export class SocketRefused extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;

  constructor(
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
    body: string,
  ) {
    super(`refused with ${status}: ${body}`);
    this.status = status;
    this.headers = headers;
    this.body = body;
  }
}

function shown(before: ClusterModel | undefined, frame: ServerFrame): ClusterModel | null {
  if (frame.type === "snapshot") return frame.model;
  if (frame.type !== "delta") return null;
  const after = before && applyDelta(before, frame.delta);
  if (!after) throw new Error(`a delta with seq ${frame.delta.seq} after seq ${before?.seq}`);
  return after;
}
