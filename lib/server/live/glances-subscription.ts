import type { Subscription } from "./connection.ts";
import { type GlancesFeed, type GlancesMember, listJson } from "./glances-feed.ts";
import type { Outbox } from "./outbox.ts";

export interface GlancesOptions {
  readonly sub: number;
  readonly feed: GlancesFeed;
  /** The others are left out: nothing tells of them, not even when they change. */
  readonly isSeen: (clusterId: string) => boolean;
}

/** Sends all clusters at a glance, and again whenever something in it changed. A slow reader skips what is old. */
export function openGlancesSubscription(outbox: Outbox, options: GlancesOptions): Subscription {
  const { sub, feed, isSeen } = options;
  let told = "";
  const tell = (json: string) => {
    told = json;
    outbox.sendText(`{"type":"clusters","sub":${sub},"clusters":${json}}`);
  };
  const seen = (list: ReturnType<GlancesFeed["now"]>) => listJson(list.filter(({ id }) => isSeen(id)));
  let behind: ReturnType<typeof setTimeout> | null = null;
  const catchUp = () => {
    behind = null;
    member(feed.now());
  };
  const member: GlancesMember = (list) => {
    const json = seen(list);
    if (json === told) return;
    if (!outbox.isBehind()) tell(json);
    else behind ??= setTimeout(catchUp, 1_000);
  };
  feed.join(member);
  member(feed.now());
  return {
    resync() {
      told = "";
      member(feed.now());
    },
    end() {
      if (behind !== null) clearTimeout(behind);
      feed.leave(member);
    },
  };
}
