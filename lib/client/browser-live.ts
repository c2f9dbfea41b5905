import { createLive, type Live, type LiveSocket } from "./live.ts";

let live: Live | null = null;

/** The live client of this tab; only in a browser. */
export function browserLive(): Live {
  if (live !== null) return live;
  const made = createLive({ open: openSocket, isSignedOut });
  live = made;
  // The network is back, or the laptop was opened: do not wait for the next try.
  window.addEventListener("online", () => made.reconnectNow());
  window.addEventListener("pageshow", () => made.reconnectNow());
  document.addEventListener("resume", () => made.reconnectNow());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") made.reconnectNow();
  });
  return made;
}

function openSocket(): LiveSocket {
  const { protocol, host } = window.location;
  return new WebSocket(`${protocol === "https:" ? "wss:" : "ws:"}//${host}/ws`);
}

async function isSignedOut(): Promise<boolean> {
  try {
    return (await fetch("/api/v1/me", { cache: "no-store" })).status === 401;
  } catch {
    return false;
  }
}
