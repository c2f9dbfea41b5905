import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A line to a server that lets through as much as a test says, so that what happens meanwhile can be looked at. */
export interface Valve {
  readonly address: string;
  /** From now on every connection, also one to come, may bring so many bytes in all. At first: no limit. */
  limit(bytes: number): void;
  /** Connections on which more has come than was let through: downloads that wait. */
  waiting(): number;
  close(): void;
}

interface Line {
  readonly client: Socket;
  readonly server: Socket;
  passed: number;
  held: Buffer[];
}

/** Opens a valve on a free port of `host` in front of `address`. The caller closes it. */
export async function startValve(host: string, address: string): Promise<Valve> {
  const lines = new Set<Line>();
  let most = Number.POSITIVE_INFINITY;

  function flow(line: Line): void {
    const all = Buffer.concat(line.held);
    const now = all.subarray(0, Math.max(0, most - line.passed));
    const rest = all.subarray(now.length);
    line.held = rest.length > 0 ? [rest] : [];
    line.passed += now.length;
    if (now.length > 0) line.client.write(now);
    if (rest.length > 0) line.server.pause();
    else if (line.server.readableEnded) line.client.end();
    else line.server.resume();
  }

  const listener = createServer((client) => {
    const [name = "", port = ""] = address.split(":");
    const server = connect({ host: name, port: Number(port), allowHalfOpen: true });
    const line: Line = { client, server, passed: 0, held: [] };
    lines.add(line);
    client.pipe(server);
    server.on("data", (chunk: Buffer) => {
      line.held.push(chunk);
      flow(line);
    });
    server.on("end", () => flow(line));
    const end = () => {
      lines.delete(line);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.on("error", end);
    client.on("close", end);
  });
  listener.listen(0, host);
  await once(listener, "listening");
  return {
    address: `${host}:${(listener.address() as { port: number }).port}`,
    limit(bytes) {
      most = bytes;
      for (const line of lines) flow(line);
    },
    waiting: () => [...lines].filter(({ held }) => held.length > 0).length,
    close() {
      listener.close();
      for (const { client } of lines) client.destroy();
    },
  };
}
