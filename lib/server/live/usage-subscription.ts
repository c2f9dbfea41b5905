import type { WebSocket } from "ws";
import type { Cluster } from "#lib/server/runtime-types.ts";
import type { UsageScope } from "#lib/shared/usage/topic.ts";
import type { Subscription } from "./connection.ts";
import { send } from "./send-frame.ts";

/**
 * Sends the use of something: what is known of the last quarter of an hour, then every value. A page that does not
 * keep up is told everything anew once it does.
 */
export function openUsageSubscription(
  socket: WebSocket,
  { sub, scope }: { readonly sub: number; readonly scope: UsageScope },
  usage: Cluster["usage"],
  maxBehindBytes: number,
): Subscription {
  let missed = false;
  const tellWhole = () => {
    missed = false;
    for (const batch of usage.whole(scope)) send(socket, { type: "usage", sub, batch });
  };
  const leave = usage.watch(scope, (batch) => {
    if (socket.bufferedAmount > maxBehindBytes) missed = true;
    else if (missed) tellWhole();
    else send(socket, { type: "usage", sub, batch });
  });
  return { resync: tellWhole, end: leave };
}
