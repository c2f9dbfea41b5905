import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import type { ClientFrame } from "#lib/shared/topics.ts";

/** A live socket that asks and never reads what it is told, not even a ping. */
export interface RudeSocket {
  ask(...frames: readonly ClientFrame[]): void;
  /** The server has ended it. */
  isEnded(): boolean;
  close(): void;
}

/** Opens one. It reads nothing at all, so nobody knows whether it was let in. */
export function openRudeSocket(url: string, headers: Readonly<Record<string, string>>): RudeSocket {
  const { hostname, port } = new URL(url);
  const socket: Socket = connect(Number(port), hostname);
  socket.pause();
  let ended = false;
  // Written to after the server has cut it, it is told so; it would not learn of it by reading.
  socket.on("error", () => {
    ended = true;
  });
  socket.on("close", () => {
    ended = true;
  });
  const lines = [
    "GET /ws HTTP/1.1",
    `Host: ${hostname}:${port}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
    "Sec-WebSocket-Extensions: permessage-deflate",
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  return {
    ask: (...frames) => void socket.write(Buffer.concat(frames.map(masked))),
    isEnded: () => ended,
    close: () => socket.destroy(),
  };
}

/** A text frame as a client sends it; with a mask of zeros its text stays as it is. */
function masked(frame: ClientFrame): Buffer {
  const text = Buffer.from(JSON.stringify(frame));
  const head =
    text.length < 126 ? [0x81, 0x80 | text.length] : [0x81, 0xfe, text.length >> 8, text.length & 255];
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), text]);
}
