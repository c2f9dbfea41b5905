import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** A line to a server that is not what it should be. */
export interface PoorLine {
  readonly url: string;
  /** Connections so far. */
  connections(): number;
  /** Bytes that came through to the clients. */
  passed(): number;
  /** Nothing passes from now on, and nobody is told; who dials meanwhile waits. `true`: it is as it was. */
  open(isOpen: boolean): void;
  /** Cuts every connection, as a proxy does that knows no long ones. */
  cut(): void;
  close(): void;
}

/** Puts a line in front of a server. `bytesPerSecond`: what each connection brings to its client. The caller closes it. */
export async function openPoorLine(
  serverUrl: string,
  bytesPerSecond = Number.POSITIVE_INFINITY,
): Promise<PoorLine> {
  const { hostname, port } = new URL(serverUrl);
  const open = new Set<Socket>();
  let connections = 0;
  let passed = 0;
  let isOpen = true;
  const listener = createServer((client) => {
    connections += 1;
    const server = connect(Number(port), hostname);
    for (const end of [client, server]) {
      open.add(end);
      end.on("error", () => undefined);
      end.on("close", () => {
        open.delete(end);
        client.destroy();
        server.destroy();
      });
    }
    client.pipe(server);
    // What comes while nothing passes is lost, as with a computer that sleeps.
    server.on("data", async (chunk: Buffer) => {
      if (!isOpen) return;
      passed += chunk.length;
      client.write(chunk);
      if (bytesPerSecond === Number.POSITIVE_INFINITY) return;
      server.pause();
      await pause((chunk.length / bytesPerSecond) * 1_000); // what is simulated is a rate
      server.resume();
    });
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  return {
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    connections: () => connections,
    passed: () => passed,
    open(next) {
      isOpen = next;
    },
    cut() {
      for (const end of open) end.destroy();
    },
    close() {
      listener.close();
      for (const end of open) end.destroy();
    },
  };
}
