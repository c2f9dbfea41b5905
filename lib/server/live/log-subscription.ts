import type { ClusterLogs } from "#lib/server/logs/cluster-logs.ts";
import { isAppError } from "#lib/shared/errors.ts";
import { type LogBatch, LogEncoder } from "#lib/shared/logs/log-frames.ts";
import type { LogTarget } from "#lib/shared/logs/log-line.ts";
import type { ConnectionContext, Subscription } from "./connection.ts";
import type { Outbox } from "./outbox.ts";

/** Lines wait for others this long, ms: many small frames cost more than few large ones. */
const gatherMs = 100;

/**
 * Sends the log of a target: what the follower holds, then every line. A client that does not take its frames is
 * waited for; what the follower has dropped by then is counted as missed.
 */
export function openLogSubscription(
  outbox: Outbox,
  sub: number,
  logs: ClusterLogs,
  target: LogTarget,
  { limits, onError }: Pick<ConnectionContext, "limits" | "onError">,
): Subscription {
  const reader = logs.follow(target);
  const encoder = new LogEncoder();
  let timer: NodeJS.Timeout | null = null;
  let ended = false;

  function soon(afterMs: number): void {
    if (timer === null && !ended) timer = setTimeout(flush, afterMs);
  }

  function flush(): void {
    timer = null;
    if (ended) return;
    if (outbox.isBehind()) {
      soon(limits.drainCheckMs);
      return;
    }
    const state = reader.takeState();
    const { lines, missed } = reader.take();
    const encoded = encoder.encode(lines);
    const batch: LogBatch = { ...encoded, ...(missed > 0 && { missed }), ...(state && { state }) };
    if (Object.keys(batch).length > 0) outbox.send({ type: "log", sub, batch });
    if (encoded.table) tellTasks();
    if (reader.hasMore()) soon(0);
  }

  /** Lines only name their task's id; its slot is told as soon as it is known. */
  function tellTasks(): void {
    logs
      .tasksOf(target)
      .then((tasks) => {
        if (!ended && tasks.length > 0) outbox.send({ type: "log", sub, batch: { tasks } });
      })
      // Ids are shown as they are while no manager answers.
      .catch((error: unknown) => isAppError(error) || onError(error));
  }

  const stopListening = reader.onChange(() => soon(gatherMs));
  soon(0);
  return {
    resync: () => soon(0),
    end() {
      ended = true;
      if (timer !== null) clearTimeout(timer);
      stopListening();
      reader.close();
    },
  };
}
