import { waitFor } from "./wait.ts";

/** One server-sent event of the cluster's stream. */
interface StreamEvent {
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A reader of `GET …/events`. */
export interface EventReader {
  /** The next event of this name that fits, after the one answered last. Rejects after 30 s. */
  next(name: string, fits?: (data: StreamEvent["data"]) => boolean): Promise<StreamEvent>;
  close(): void;
}

/** Opens the event stream of the cluster `local` with a token, as `curl -N` would. The caller closes it. */
export async function followEvents(url: string, token: string): Promise<EventReader> {
  const ended = new AbortController();
  const response = await fetch(`${url}/api/v1/clusters/local/events`, {
    headers: { authorization: `Bearer ${token}` },
    signal: ended.signal,
  });
  if (!response.ok || !response.body) throw new Error(`the event stream answers ${response.status}`);
  const events: StreamEvent[] = [];
  let at = 0;
  const reading = readInto(events, response.body).catch((error: unknown) => {
    if (!ended.signal.aborted) throw error;
  });
  return {
    async next(name, fits = () => true) {
      const found = await waitFor(`the event ${name}`, () => {
        const index = events.findIndex((one, i) => i >= at && one.event === name && fits(one.data));
        if (index < 0)
          throw new Error(
            `events: ${events
              .slice(at)
              .map(({ event }) => event)
              .join(" ")}`,
          );
        return { index };
      });
      at = found.index + 1;
      return events[found.index] as StreamEvent;
    },
    close() {
      ended.abort();
      void reading;
    },
  };
}

async function readInto(events: StreamEvent[], body: ReadableStream<Uint8Array>): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of body) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = /^event: (.*)$/m.exec(block)?.[1];
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (event && data) events.push({ event, data: JSON.parse(data) as StreamEvent["data"] });
    }
  }
}
