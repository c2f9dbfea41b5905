import { WebSocket } from "ws";
import { createLive, type Live, type LiveSocket } from "#lib/client/live.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";

/** A browser tab without the browser: the page's own live client on a real socket. */
export interface Tab {
  readonly live: Live;
  model(): ClusterModel;
  /** Sockets opened so far. */
  sockets(): number;
  /** Frames of a kind that came so far. */
  frames(type: "snapshot" | "delta"): number;
  /** Numbers of the pictures it showed that were older than one it had shown before. */
  readonly backwards: readonly number[];
  /** Nobody looks any more: some seconds later the tab closes its socket by itself. */
  leave(): void;
}

/** Opens a tab whose page was rendered with a picture. */
export function openTab(url: string, headers: Readonly<Record<string, string>>, rendered: ClusterModel): Tab {
  const counts = { snapshot: 0, delta: 0 };
  const backwards: number[] = [];
  let sockets = 0;
  const open = (): LiveSocket => {
    sockets += 1;
    const socket = new WebSocket(`${url.replace(/^http/, "ws")}/ws`, { headers });
    socket.on("error", () => undefined);
    socket.on("message", (data: Buffer) => {
      const type = /^\{"type":"(snapshot|delta)"/.exec(data.toString("latin1", 0, 24))?.[1];
      if (type) counts[type as keyof typeof counts] += 1;
    });
    return socket as unknown as LiveSocket;
  };
  const live = createLive({ open, isSignedOut: async () => false });
  let newest = rendered.seq;
  const leave = live.watch(rendered, () => {
    const { seq } = live.model(rendered);
    if (seq < newest) backwards.push(seq);
    newest = seq;
  });
  return {
    live,
    model: () => live.model(rendered),
    sockets: () => sockets,
    frames: (type) => counts[type],
    backwards,
    leave,
  };
}
