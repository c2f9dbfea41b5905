"use client";

import { useSyncExternalStore } from "react";
import { browserLive } from "./browser-live.ts";
import type { ConnectionInfo } from "./live.ts";

const beforeTheBrowser: ConnectionInfo = {
  state: "live",
  lastSeenAt: null,
  newBuild: false,
  accessChanges: 0,
};

/** State of the live socket, since when the picture is old, and whether the server runs a newer Shoal. */
export function useConnection(): ConnectionInfo {
  return useSyncExternalStore(
    (listener) => browserLive().onConnection(listener),
    () => browserLive().connection(),
    () => beforeTheBrowser,
  );
}
