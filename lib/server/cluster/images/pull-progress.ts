import { textOf } from "#lib/server/docker/hostile.ts";
import type { WirePullLine } from "#lib/server/docker/wire-image.ts";
import type { PullLayer } from "#lib/shared/images/types.ts";

/** How far the engine says a pull is. */
export interface PullProgress {
  readonly status: string;
  readonly digest: string | null;
  readonly error: string | null;
  readonly layers: readonly PullLayer[];
}

export const noProgress: PullProgress = { status: "", digest: null, error: null, layers: [] };

/** More layers than images may have (127). */
const mostLayers = 200;
const ends: ReadonlySet<string> = new Set(["Pull complete", "Already exists"]);

/** Takes one line of the stream of `POST /images/create` in; nonsense changes nothing. */
export function takePullLine(before: PullProgress, line: string): PullProgress {
  const wire = parse(line);
  if (wire === null) return before;
  const error = textOf(wire.errorDetail?.message, 2_000) || textOf(wire.error, 2_000);
  if (error !== "") return { ...before, error };
  const status = textOf(wire.status);
  const id = textOf(wire.id, 64);
  // `{"status":"Pulling from lab/web","id":"1"}`: the id is the tag there, and never that of a layer.
  if (id === "" || status.startsWith("Pulling from")) {
    const digest = /^Digest: (sha256:[0-9a-f]{64})$/.exec(status)?.[1];
    if (digest !== undefined) return { ...before, digest };
    return status === "" ? before : { ...before, status };
  }
  const known = before.layers.find((layer) => layer.id === id);
  if (!known && before.layers.length >= mostLayers) return before;
  const layer = layerOf(id, status, wire);
  const layers = known
    ? before.layers.map((each) => (each === known ? layer : each))
    : [...before.layers, layer];
  return { ...before, layers };
}

function layerOf(id: string, status: string, { progressDetail }: WirePullLine): PullLayer {
  const bytes = (value: unknown) =>
    typeof value === "number" && Number.isFinite(value) && value > 0 ? value : 0;
  return {
    id,
    status,
    done: ends.has(status),
    current: bytes(progressDetail?.current),
    total: bytes(progressDetail?.total),
  };
}

function parse(line: string): WirePullLine | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as WirePullLine) : null;
  } catch {
    return null;
  }
}
