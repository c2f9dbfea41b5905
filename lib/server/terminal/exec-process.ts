import type { Duplex } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type { WireExec } from "#lib/server/docker/wire-container.ts";
import { isAppError } from "#lib/shared/errors.ts";
import type { ConsoleOutcome, ConsolePlan, ConsoleProcess } from "./console-process.ts";
import { settleMs, stateAfterEnd } from "./container-end.ts";
import { hangUpScript } from "./hang-up.ts";
import { createResizer } from "./resizer.ts";

/** Docker's keys for "detach" are keys that shells need: these nobody types. */
export const detachKeys = "ctrl-^,ctrl-_,ctrl-^,ctrl-_";
/** What a process that was killed answers, as all those of a killed container. */
const killed = 137;

/** Starts a process in the container. `mark` stands in its environment, so that it is found again. */
export async function startExec(plan: ConsolePlan, mark: string): Promise<ConsoleProcess> {
  const { target, tty, user, command } = plan;
  const { engine, signal } = target.node;
  const body = {
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    Tty: tty,
    DetachKeys: detachKeys,
    Cmd: command,
    Env: [`SHOAL_CONSOLE=${mark}`, ...(tty ? ["TERM=xterm-256color"] : [])],
    ...(user !== "" && { User: user }),
  };
  const made = await engine.send("POST", `/containers/${target.id}/exec`, { body, signal });
  const { Id: id } = JSON.parse(made) as { Id: string };
  const stream = await engine.upgrade(`/exec/${id}/start`, { body: { Detach: false, Tty: tty }, signal });
  const resize = createResizer(
    (cols, rows) => engine.send("POST", `/exec/${id}/resize`, { query: { w: cols, h: rows }, signal }),
    () => stream.destroyed || stream.readableEnded,
  );
  return {
    stream,
    isFramed: !tty,
    resize: (cols, rows) => tty && resize(cols, rows),
    outcome: () => execOutcome(plan, id),
    end(over) {
      if (plan.shell === null) askToEnd(stream, tty);
      return endExec(over ? { ...plan, target: { ...target, node: over } } : plan, id, mark);
    },
  };
}

/** Without a shell nothing can be killed: what a person at the terminal would press, or the end of its input. */
function askToEnd(stream: Duplex, tty: boolean): void {
  if (stream.destroyed || stream.writableEnded) return;
  if (tty) stream.write("\x03\x04\x1c");
  else stream.end();
}

async function execOutcome({ target }: ConsolePlan, id: string): Promise<ConsoleOutcome> {
  const { node } = target;
  if (node.signal.aborted) return { code: null, reason: "node_lost", isRunning: true };
  try {
    const exec = await settled(node, id);
    const code = exec.ExitCode ?? null;
    if (exec.Running === true) return { code: null, reason: "stream_lost", isRunning: true };
    return { code, reason: await whyExited(target, code), isRunning: false };
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (error.code === "not_found")
      return { code: null, reason: await whyExited(target, null), isRunning: false };
    return { code: null, reason: "node_lost", isRunning: true };
  }
}

/** The exec once it does not run any more, or as it is after a while. */
async function settled(node: ConsolePlan["target"]["node"], id: string): Promise<WireExec> {
  const until = Date.now() + settleMs;
  for (;;) {
    const exec = await node.engine.get<WireExec>(`/exec/${id}/json`, { signal: node.signal });
    if (exec.Running !== true || Date.now() > until) return exec;
    await delay(100);
  }
}

/** By itself, or with its container. */
async function whyExited(
  target: ConsolePlan["target"],
  code: number | null,
): Promise<ConsoleOutcome["reason"]> {
  try {
    const state = await stateAfterEnd(target, code === null || code === killed ? settleMs : 0);
    return state?.Running === true ? "exited" : "container_stopped";
  } catch (error) {
    if (!isAppError(error)) throw error;
    return error.code === "not_found" ? "container_removed" : "node_lost";
  }
}

/** Ends the process by a second one. True when it does not run any more. */
async function endExec(plan: ConsolePlan, id: string, mark: string): Promise<boolean> {
  const { node } = plan.target;
  try {
    if ((await node.engine.get<WireExec>(`/exec/${id}/json`)).Running !== true) return true;
    if (plan.shell === null) return (await settled(node, id)).Running !== true;
    const session = await runHangUp(plan, plan.user, [mark]);
    if ((await settled(node, id)).Running !== true) return true;
    // Something that has become another user since: root may end it, once its session is known.
    if (session !== "") await runHangUp(plan, "0", [mark, session]);
    return (await settled(node, id)).Running !== true;
  } catch (error) {
    if (!isAppError(error)) throw error;
    // Without its container it does not run either.
    return error.code === "not_found" || error.code === "conflict";
  }
}

/** Answers the session that was ended, empty when none was found. */
async function runHangUp(
  { target, shell }: ConsolePlan,
  user: string,
  args: readonly string[],
): Promise<string> {
  const { engine } = target.node;
  const body = {
    AttachStdout: true,
    Tty: true,
    Cmd: [shell, "-c", hangUpScript, "hang-up", ...args],
    ...(user !== "" && { User: user }),
  };
  const made = await engine.send("POST", `/containers/${target.id}/exec`, { body });
  const { Id: id } = JSON.parse(made) as { Id: string };
  const stream = await engine.upgrade(`/exec/${id}/start`, { body: { Detach: false, Tty: true } });
  const giveUp = setTimeout(() => stream.destroy(), settleMs);
  let said = "";
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) said = (said + String(chunk)).slice(0, 100);
  } catch {
    // What it did is looked at next.
  } finally {
    clearTimeout(giveUp);
    stream.destroy();
  }
  return /^\d+/.exec(said)?.[0] ?? "";
}
