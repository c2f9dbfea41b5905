import type { PullLayer } from "#lib/shared/images/types.ts";

/** What a layer's download is of the way to its end; unpacking is the rest. */
const download = 0.7;

/** How far a pull is on one node, 0 to 1. Every layer counts the same: their sizes are told only while they come. */
export function pullShare(layers: readonly PullLayer[]): number {
  if (layers.length === 0) return 0;
  return layers.reduce((sum, layer) => sum + layerShare(layer), 0) / layers.length;
}

function layerShare({ done, status, current, total }: PullLayer): number {
  if (done) return 1;
  const part = total > 0 ? Math.min(1, current / total) : 0;
  if (status === "Downloading") return download * part;
  if (status === "Extracting") return download + (1 - download) * part;
  return status === "Verifying Checksum" || status === "Download complete" ? download : 0;
}
