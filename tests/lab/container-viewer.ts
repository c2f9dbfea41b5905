import { applyContainers } from "#lib/shared/containers/delta.ts";
import type { ContainerPicture, ContainerView } from "#lib/shared/containers/types.ts";
import type { ServerFrame } from "#lib/shared/topics.ts";
import { openSocket } from "./viewer.ts";

/** The live socket of a page of containers without the page. */
export interface ContainerViewer {
  /** What the page shows now. Throws before the first snapshot, and when a step was missing. */
  picture(): ContainerPicture;
  rows(): readonly ContainerView[];
  /** Steps after the first snapshot. */
  deltas(): number;
  /** Every error the server answered. */
  readonly errors: readonly string[];
  close(): void;
}

/** Opens `/ws` and follows the containers of a cluster. The caller closes it. */
export async function followContainers(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<ContainerViewer> {
  const socket = await openSocket(url, headers);
  const errors: string[] = [];
  let picture: ContainerPicture | null = null;
  let gap: string | null = null;
  let deltas = 0;
  socket.on("message", (data) => {
    const frame = JSON.parse(String(data)) as ServerFrame;
    if (frame.type === "error") errors.push(frame.code);
    if (frame.type !== "containers") return;
    if (frame.snapshot) picture = frame.snapshot;
    if (!frame.delta) return;
    deltas += 1;
    const next = picture && applyContainers(picture, frame.delta);
    if (next === null) gap = `${frame.delta.seq} after ${picture?.seq}`;
    else picture = next;
  });
  socket.send(JSON.stringify({ type: "subscribe", sub: 1, topic: "containers", cluster: "local" }));
  const shown = () => {
    if (gap !== null) throw new Error(`a step is missing: ${gap}`);
    if (picture === null) throw new Error("no snapshot yet");
    return picture;
  };
  return {
    picture: shown,
    rows: () => Object.values(shown().rows),
    deltas: () => deltas,
    errors,
    close: () => socket.close(),
  };
}
