import type { Cluster } from "#lib/server/runtime-types.ts";
import { collections } from "#lib/shared/model/reducer.ts";

const pingEveryMs = 15_000;
/** A reader this far behind (bytes) is cut off: it reconnects and reads the lists anew. */
const maxBehindBytes = 1 << 20;

type Send = (event: string, data: unknown, id?: number) => void;

/**
 * Changes of a cluster as server-sent events: first `ready` with the model's seq, then `{collection}.changed`
 * (id and the changed fields, all fields of something new), `{collection}.removed`, and `cluster.changed`.
 * Ends when the client goes away or falls too far behind.
 */
export function eventStream(cluster: Cluster, signal: AbortSignal): Response {
  let stop = () => {};
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const encoder = new TextEncoder();
        const write = (text: string) => {
          controller.enqueue(encoder.encode(text));
          if ((controller.desiredSize ?? 0) < -maxBehindBytes) stop();
        };
        const send: Send = (event, data, id) =>
          write(`${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
        const ping = setInterval(() => write(": ping\n\n"), pingEveryMs);
        const unsubscribe = forwardDeltas(cluster, send);
        stop = () => {
          stop = () => {};
          clearInterval(ping);
          unsubscribe();
          controller.close();
        };
        signal.addEventListener("abort", () => stop(), { once: true });
      },
      cancel: () => stop(),
    },
    { highWaterMark: 0, size: (chunk) => chunk?.byteLength ?? 0 },
  );
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    },
  });
}

function forwardDeltas(cluster: Cluster, send: Send): () => void {
  send("ready", { cluster: cluster.id, seq: cluster.model().seq });
  return cluster.subscribe((delta) => {
    if (delta.info) send("cluster.changed", delta.info, delta.seq);
    for (const name of collections) {
      for (const item of delta[name]?.set ?? []) send(`${name}.changed`, item, delta.seq);
      for (const id of delta[name]?.del ?? []) send(`${name}.removed`, { id }, delta.seq);
    }
  });
}
