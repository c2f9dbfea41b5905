import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * The way the well-known visualizers work, as small as it gets: each tab asks for the raw lists of nodes, services and
 * tasks every second, the server hands the engine's answers through, and the page draws everything anew.
 */
export interface PeerPage {
  readonly url: string;
  /** Calls it has made to the engine. */
  calls(): number;
  close(): void;
}

const LISTS = ["/nodes", "/services", "/tasks"];

const PAGE = `<!doctype html><meta charset="utf-8"><title>polling</title><main></main><script>
const main = document.querySelector("main");
const get = async (path) => (await fetch(path)).json();
async function draw() {
  const [nodes, services, tasks] = await Promise.all(${JSON.stringify(LISTS)}.map(get));
  const names = new Map(services.map((service) => [service.ID, service.Spec.Name]));
  main.replaceChildren(...nodes.map((node) => {
    const section = document.createElement("section");
    section.append(node.Description.Hostname);
    for (const task of tasks) {
      if (task.NodeID !== node.ID || task.DesiredState !== "running") continue;
      const tile = document.createElement("div");
      tile.append(names.get(task.ServiceID) + " " + task.Status.State);
      section.append(tile);
    }
    return section;
  }));
}
draw();
setInterval(draw, 1000);
</script>`;

/** Starts the page on a free loopback port, for the engine behind a socket. The caller closes it. */
export async function startPeerPage(socketPath: string): Promise<PeerPage> {
  let calls = 0;
  const server = createServer((incoming, outgoing) => {
    const { url = "/" } = incoming;
    if (!LISTS.includes(url)) {
      outgoing.writeHead(url === "/" ? 200 : 404, { "content-type": "text/html; charset=utf-8" });
      outgoing.end(url === "/" ? PAGE : "");
      return;
    }
    calls += 1;
    const call = request({ socketPath, path: url }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, { "content-type": "application/json" });
      answer.pipe(outgoing);
    });
    call.on("error", () => outgoing.destroy());
    call.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => calls,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
