import { applyPulls, type PullsPicture } from "#lib/shared/images/pulls-picture.ts";
import type { PullView } from "#lib/shared/images/types.ts";
import type { ServerFrame } from "#lib/shared/topics.ts";
import { openSocket } from "./viewer.ts";

/** The live socket of the page of images without the page. */
export interface PullsViewer {
  /** What the page shows now. Throws before the first snapshot, and when a step was missing. */
  pulls(): readonly PullView[];
  /** Every picture that a screen would have shown, oldest first. */
  readonly pictures: readonly PullsPicture[];
  close(): void;
}

/** Opens `/ws` and follows the pulls of a cluster. The caller closes it. */
export async function followPulls(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<PullsViewer> {
  const socket = await openSocket(url, headers);
  const pictures: PullsPicture[] = [];
  let problem = "no snapshot yet";
  socket.on("message", (data) => {
    const frame = JSON.parse(String(data)) as ServerFrame;
    if (frame.type === "error") problem = frame.message;
    if (frame.type !== "pulls") return;
    const last = pictures.at(-1);
    const next = frame.snapshot ?? (last && frame.delta && applyPulls(last, frame.delta));
    problem = next ? "" : `a step is missing: ${frame.delta?.seq} after ${last?.seq}`;
    if (next) pictures.push(next);
  });
  socket.send(JSON.stringify({ type: "subscribe", sub: 1, topic: "pulls", cluster: "local" }));
  return {
    pulls() {
      const last = pictures.at(-1);
      if (problem !== "" || !last) throw new Error(problem);
      return last.pulls;
    },
    pictures,
    close: () => socket.close(),
  };
}
