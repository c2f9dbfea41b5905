import { type OutgoingHttpHeaders, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { toProblem } from "#lib/shared/errors.ts";

/** Answers an HTTP request with an error as problem+json and closes the connection, unread body included. */
export function answerProblem(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const problem = toProblem(error);
  response.writeHead(problem.status, problemHeaders()).end(JSON.stringify(problem));
}

/** Refuses an upgrade with a real HTTP answer on the raw socket, and closes it. */
export function refuseUpgrade(
  socket: Duplex,
  error: unknown,
  headers: Readonly<Record<string, string>>,
): void {
  if (socket.destroyed) return;
  const problem = toProblem(error);
  const body = JSON.stringify(problem);
  const all = { ...headers, ...problemHeaders(), "content-length": String(Buffer.byteLength(body)) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  socket.once("finish", () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n${lines.join("\r\n")}\r\n\r\n${body}`,
  );
}

function problemHeaders(): OutgoingHttpHeaders {
  return { "content-type": "application/problem+json", "cache-control": "no-store", connection: "close" };
}
