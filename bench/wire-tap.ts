import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** Bytes that went through so far: to the browser, and from it. */
export interface Wire {
  readonly down: number;
  readonly up: number;
}

/** A wire between browsers and a server that counts what goes over it. */
export interface WireTap {
  /** The server through the wire, without a slash at the end. */
  readonly url: string;
  /** Everything but live sockets. */
  pages(): Wire;
  /** Live sockets alone, with their frames' heads, pings and handshakes. */
  sockets(): Wire;
  close(): void;
}

interface Count {
  down: number;
  up: number;
}

/** Puts a wire on a free loopback port in front of a server's address. The caller closes it. */
export async function tapWire(serverUrl: string): Promise<WireTap> {
  const { hostname, port } = new URL(serverUrl);
  const pages: Count = { down: 0, up: 0 };
  const sockets: Count = { down: 0, up: 0 };
  const open = new Set<Socket>();

  const server = createServer((browser) => {
    const upstream = connect(Number(port), hostname);
    // A browser opens a connection of its own for a live socket: the first bytes say which kind it is.
    let count: Count | null = null;
    browser.on("data", (chunk) => {
      count ??= /^GET \/ws[? ]/.test(chunk.toString("latin1", 0, 8)) ? sockets : pages;
      count.up += chunk.length;
    });
    upstream.on("data", (chunk) => {
      if (count) count.down += chunk.length;
    });
    browser.pipe(upstream).pipe(browser);
    for (const [end, other] of [
      [browser, upstream],
      [upstream, browser],
    ] as const) {
      open.add(end);
      end.on("error", () => other.destroy());
      end.on("close", () => {
        open.delete(end);
        other.destroy();
      });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pages: () => ({ ...pages }),
    sockets: () => ({ ...sockets }),
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
