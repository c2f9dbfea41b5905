import type { ConnectionContext, Subscription } from "./connection.ts";
import type { Feed, FeedMember } from "./feed.ts";
import type { Outbox } from "./outbox.ts";

/** How the frames of a picture's topic begin: before a snapshot, and before the number of the subscription. */
export const framesOf = {
  cluster: { snapshot: `{"type":"snapshot","model":`, delta: `{"type":"delta"` },
  pulls: { snapshot: `{"type":"pulls","snapshot":`, delta: `{"type":"pulls"` },
  containers: { snapshot: `{"type":"containers","snapshot":`, delta: `{"type":"containers"` },
} as const;

interface PictureOptions extends Pick<ConnectionContext, "limits" | "now"> {
  /** The client has not taken what waits for longer than it may. */
  readonly onTooSlow: () => void;
}

/** Sends a picture: what was missed since `have`, or a snapshot, and then every delta. */
export function openPictureSubscription(
  outbox: Outbox,
  {
    sub,
    have,
    topic,
  }: { readonly sub: number; readonly have?: number | undefined; readonly topic: keyof typeof framesOf },
  feed: Feed,
  { limits, now, onTooSlow }: PictureOptions,
): Subscription {
  const words = framesOf[topic];
  let drainTimer: NodeJS.Timeout | null = null;

  function sendSnapshot(): void {
    if (drainTimer !== null) return;
    // Also one that is asked for: who asks a thousand times and takes nothing has one waiting, not a thousand.
    if (!outbox.hasRoom()) waitForDrain();
    else outbox.sendWhole(feed.snapshot(), `,"sub":${sub}}`);
  }
  function waitForDrain(): void {
    const since = now();
    drainTimer = setInterval(() => {
      if (outbox.hasRoom()) {
        stopWaiting();
        sendSnapshot();
      } else if (now() - since > limits.maxLagMs) {
        stopWaiting();
        onTooSlow();
      }
    }, limits.drainCheckMs);
  }
  function stopWaiting(): void {
    if (drainTimer !== null) clearInterval(drainTimer);
    drainTimer = null;
  }

  const member: FeedMember = {
    delta(json) {
      if (drainTimer !== null) return;
      // What this client has missed is told by one snapshot later; it never queues here.
      if (outbox.isBehind()) return waitForDrain();
      outbox.sendText(`${words.delta},"sub":${sub},"delta":${json}}`);
    },
  };
  feed.join(member);
  const missed = have === undefined ? null : feed.missed(have);
  if (missed === null) sendSnapshot();
  else for (const json of missed) member.delta(json);
  return {
    resync: sendSnapshot,
    end() {
      stopWaiting();
      feed.leave(member);
    },
  };
}
