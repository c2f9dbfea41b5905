import type { TunnelAddress } from "./endpoint.ts";
import { createEngine, type Engine } from "./engine.ts";

/** Talks to an agent over its tunnel as to an engine: the same patience, the same errors. The caller closes it. */
export function createNodeClient(
  address: Pick<TunnelAddress, "name" | "open">,
): Pick<Engine, "get" | "send" | "stream" | "close"> {
  return createEngine({ kind: "tunnel", open: address.open, label: address.name });
}
