import type { WebSocket } from "ws";
import { closeCodes } from "#lib/shared/close-codes.ts";
import type { ConnectionContext, Subscription } from "./connection.ts";
import type { Feed, FeedMember } from "./feed.ts";
import { sendText } from "./send-frame.ts";

/** The frames of a picture's topic around JSON that is made once for all sockets: names of the fields. */
const framesOf = {
  cluster: { snapshot: `"type":"snapshot"`, model: "model", delta: `"type":"delta"` },
  pulls: { snapshot: `"type":"pulls"`, model: "snapshot", delta: `"type":"pulls"` },
  containers: { snapshot: `"type":"containers"`, model: "snapshot", delta: `"type":"containers"` },
} as const;

/** Sends a picture: what was missed since `have`, or a snapshot, and then every delta. */
export function openPictureSubscription(
  socket: WebSocket,
  {
    sub,
    have,
    topic,
  }: { readonly sub: number; readonly have?: number | undefined; readonly topic: keyof typeof framesOf },
  feed: Feed,
  { limits, now }: Pick<ConnectionContext, "limits" | "now">,
): Subscription {
  const words = framesOf[topic];
  let drainTimer: NodeJS.Timeout | null = null;

  function sendSnapshot(): void {
    if (drainTimer === null)
      sendText(socket, `{${words.snapshot},"sub":${sub},"${words.model}":${feed.snapshot().json}}`);
  }
  function waitForDrain(): void {
    const since = now();
    drainTimer = setInterval(() => {
      if (socket.bufferedAmount <= limits.maxBufferedBytes / 4) {
        stopWaiting();
        sendSnapshot();
      } else if (now() - since > limits.maxLagMs) {
        stopWaiting();
        socket.close(closeCodes.slow, "too slow");
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
      if (socket.bufferedAmount > limits.maxBufferedBytes) return waitForDrain();
      sendText(socket, `{${words.delta},"sub":${sub},"delta":${json}}`);
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
