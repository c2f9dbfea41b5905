import type { WebSocket } from "ws";
import type { ServerFrame } from "#lib/shared/topics.ts";

/** Sends a frame; a socket that is closing gets nothing. */
export function send(socket: WebSocket, frame: ServerFrame): void {
  sendText(socket, JSON.stringify(frame));
}

/** Sends a frame that is JSON text already. */
export function sendText(socket: WebSocket, text: string): void {
  if (socket.readyState === socket.OPEN) socket.send(text);
}
