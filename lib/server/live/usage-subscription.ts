import type { Cluster } from "#lib/server/runtime-types.ts";
import type { UsageScope } from "#lib/shared/usage/topic.ts";
import type { Subscription } from "./connection.ts";
import type { Outbox } from "./outbox.ts";

/**
 * Sends the use of something: what is known of the last quarter of an hour, then every value. A page that does not
 * keep up is told everything anew once it does.
 */
export function openUsageSubscription(
  outbox: Outbox,
  { sub, scope }: { readonly sub: number; readonly scope: UsageScope },
  usage: Cluster["usage"],
): Subscription {
  let missed = false;
  const tellWhole = () => {
    missed = outbox.isBehind();
    if (missed) return;
    for (const batch of usage.whole(scope)) outbox.send({ type: "usage", sub, batch });
  };
  const leave = usage.watch(scope, (batch) => {
    if (outbox.isBehind()) missed = true;
    else if (missed) tellWhole();
    else outbox.send({ type: "usage", sub, batch });
  });
  return { resync: tellWhole, end: leave };
}
