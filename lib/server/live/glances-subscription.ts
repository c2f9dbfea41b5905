import type { WebSocket } from "ws";
import type { Subscription } from "./connection.ts";
import type { GlancesFeed, GlancesMember } from "./glances-feed.ts";
import { sendText } from "./send-frame.ts";

/** Sends all clusters at a glance, and again whenever something in it changed. A slow reader skips what is old. */
export function openGlancesSubscription(
  socket: WebSocket,
  sub: number,
  feed: GlancesFeed,
  maxBehindBytes: number,
): Subscription {
  const tell = (json: string) => sendText(socket, `{"type":"clusters","sub":${sub},"clusters":${json}}`);
  let behind: ReturnType<typeof setTimeout> | null = null;
  const catchUp = () => {
    behind = null;
    member(feed.now());
  };
  const member: GlancesMember = (json) => {
    if (socket.bufferedAmount <= maxBehindBytes) tell(json);
    else behind ??= setTimeout(catchUp, 1_000);
  };
  feed.join(member);
  tell(feed.now());
  return {
    resync: () => tell(feed.now()),
    end() {
      if (behind !== null) clearTimeout(behind);
      feed.leave(member);
    },
  };
}
