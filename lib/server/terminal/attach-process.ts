import { isAppError } from "#lib/shared/errors.ts";
import type { ConsoleOutcome, ConsolePlan, ConsoleProcess } from "./console-process.ts";
import { settleMs, stateAfterEnd } from "./container-end.ts";
import { detachKeys } from "./exec-process.ts";
import { createResizer } from "./resizer.ts";

/** Connects to the container's own process. Leaving it does not stop it. */
export async function startAttach(plan: ConsolePlan): Promise<ConsoleProcess> {
  const { id, node } = plan.target;
  const { engine, signal } = node;
  const stream = await engine.upgrade(`/containers/${id}/attach`, {
    query: { stream: 1, stdout: 1, stderr: 1, stdin: plan.readOnly ? 0 : 1, detachKeys },
    signal,
  });
  const resize = createResizer(
    (cols, rows) => engine.send("POST", `/containers/${id}/resize`, { query: { w: cols, h: rows }, signal }),
    () => stream.destroyed || stream.readableEnded,
  );
  return {
    stream,
    isFramed: !plan.tty,
    resize: (cols, rows) => plan.tty && resize(cols, rows),
    outcome: () => attachOutcome(plan),
    end: async () => true,
  };
}

async function attachOutcome({ target }: ConsolePlan): Promise<ConsoleOutcome> {
  if (target.node.signal.aborted) return { code: null, reason: "node_lost", isRunning: false };
  try {
    const state = await stateAfterEnd(target, settleMs);
    if (state?.Running === true) return { code: null, reason: "stream_lost", isRunning: false };
    return { code: state?.ExitCode ?? null, reason: "container_stopped", isRunning: false };
  } catch (error) {
    if (!isAppError(error)) throw error;
    const reason = error.code === "not_found" ? "container_removed" : "node_lost";
    return { code: null, reason, isRunning: false };
  }
}
