import type { ServerFrame } from "#lib/shared/topics.ts";
import type { UsageBatch, UsageScope } from "#lib/shared/usage/topic.ts";
import { openSocket } from "./viewer.ts";

/** A page that looks at the use of something, without the page. */
export interface UsageViewer {
  /** In the order they came. */
  readonly batches: readonly UsageBatch[];
  /** Values of a series on a grid by slot, as the page would have put them together. */
  values(
    stepMs: number,
    id: string,
    metric: UsageBatch["metrics"][number],
  ): ReadonlyMap<number, number | null>;
  close(): void;
}

/** Opens `/ws` and looks. The caller closes it. */
export async function watchUsage(
  url: string,
  headers: Readonly<Record<string, string>>,
  scope: UsageScope,
): Promise<UsageViewer> {
  const socket = await openSocket(url, headers);
  const batches: UsageBatch[] = [];
  socket.on("message", (data) => {
    const frame = JSON.parse(String(data)) as ServerFrame;
    if (frame.type === "usage") batches.push(frame.batch);
  });
  socket.send(JSON.stringify({ type: "subscribe", sub: 1, topic: "usage", cluster: "local", scope }));
  return {
    batches,
    values(stepMs, id, metric) {
      const found = new Map<number, number | null>();
      for (const batch of batches) {
        const values = batch.series[id]?.[batch.metrics.indexOf(metric)];
        if (batch.stepMs !== stepMs || !values) continue;
        for (const [i, value] of values.entries()) found.set(batch.slot - values.length + 1 + i, value);
      }
      return found;
    },
    close: () => socket.close(),
  };
}
