import { z } from "zod";

const size = { cols: z.number().int().min(1).max(1000), rows: z.number().int().min(1).max(1000) };
const bytes = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/**
 * One console per WebSocket at `/ws/terminal`. Binary frames are bytes: to the process from the client, from the
 * process to it. Text frames are JSON. The first frame is `open` or `resume`; the server answers `opened`. Both sides
 * count bytes and tell how many they have taken (`ack`), so that a cut connection goes on where it was.
 */
export const terminalClientFrame = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("open"), ticket: z.string().min(1).max(100), ...size }),
  z.strictObject({
    type: z.literal("resume"),
    session: z.string().min(1).max(100),
    secret: z.string().min(1).max(100),
    /** Bytes of the process's output that have been taken. */
    received: bytes,
    ...size,
  }),
  z.strictObject({ type: z.literal("resize"), ...size }),
  z.strictObject({ type: z.literal("ack"), received: bytes }),
  /** No more input. */
  z.strictObject({ type: z.literal("eof") }),
  /** The console is given up: its process is ended at once. */
  z.strictObject({ type: z.literal("end") }),
  z.strictObject({ type: z.literal("ping") }),
]);
export type TerminalClientFrame = z.infer<typeof terminalClientFrame>;
