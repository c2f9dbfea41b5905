import type { IncomingMessage, ServerResponse } from "node:http";
import { createInterface } from "node:readline";
import type { FaultPlan, StreamFault } from "./fault-plan.ts";

/** What a flood is made of: lines as an engine writes them. */
export type FloodLine = (index: number) => string;

const floodPerSecond = 5_000;
const tickMs = 20;
/** An engine does not keep more for somebody who does not read. */
const mostUnread = 16 * 1024 * 1024;

const garbage = [
  "\u0000\u0001\u0002\ufffd",
  "{",
  "null",
  '"text"',
  "[]",
  "<html>",
  '{"Type":7,"Action":null,"Actor":"x"}',
  '{"Type":"service","Action":"update","Actor":{"ID":7,"Attributes":[1]},"timeNano":"x"}',
  "HTTP/1.1 200 OK",
  "x".repeat(70_000),
] as const;

interface Passing {
  readonly isFaulty: () => boolean;
  /** The next line comes in half, whatever the plan says. */
  readonly isTorn: () => boolean;
  readonly floodLine: FloodLine;
}

/** Passes an engine's events on, with the faults of a plan while `isFaulty` says so. Ends with either side. */
export function passEvents(
  from: IncomingMessage,
  to: ServerResponse,
  plan: FaultPlan,
  { isFaulty, isTorn, floodLine }: Passing,
): void {
  const timers = new Set<NodeJS.Timeout>();
  const later = (ms: number, run: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
  };
  let last = "";
  /** Lines wait while events are delayed. */
  let held: string[] | null = null;
  let onNextLine: ((line: string) => void) | null = null;

  const write = (text: string) => {
    if (held !== null) held.push(text);
    else if (!to.writableEnded && to.writableLength < mostUnread) to.write(text);
  };
  const release = () => {
    const lines = held ?? [];
    held = null;
    for (const line of lines) write(line);
  };

  function happen({ kind, ms, pick }: StreamFault): void {
    switch (kind) {
      case "close":
        to.destroy();
        return;
      case "halfLine":
        onNextLine = (line) => {
          to.write(line.slice(0, 1 + Math.floor(pick * (line.length - 1))));
          to.end();
        };
        return;
      case "torn":
        onNextLine = (line) => write(`${line.slice(0, 1 + Math.floor(pick * (line.length - 2)))}\n`);
        return;
      case "garbage":
        write(`${garbage[Math.floor(pick * garbage.length)] ?? ""}\n`);
        return;
      case "repeat":
        if (last !== "") write(`${last}\n`.repeat(1 + Math.floor(pick * 20)));
        return;
      case "delay":
        held ??= [];
        later(ms, release);
        return;
      case "flood":
        flood(write, floodLine, ms, later);
    }
  }

  function planNext(): void {
    const next = plan.nextStream();
    if (next === null) return;
    later(next.afterMs, () => {
      if (isFaulty()) happen(next);
      planNext();
    });
  }

  const lines = createInterface({ input: from, crlfDelay: Number.POSITIVE_INFINITY });
  lines.on("line", (line) => {
    last = line;
    const special = onNextLine;
    onNextLine = null;
    if (special && isFaulty()) special(line);
    else if (isTorn()) write(`${line.slice(0, line.length / 2)}\n`);
    else write(`${line}\n`);
  });
  lines.on("error", () => to.destroy());
  from.on("error", () => to.destroy());
  from.on("close", () => to.destroy());
  to.on("close", () => {
    for (const timer of timers) clearTimeout(timer);
    lines.close();
    from.destroy();
  });
  planNext();
}

/** Writes 5,000 lines a second for a while. */
export function flood(
  write: (text: string) => void,
  line: FloodLine,
  forMs: number,
  later: (ms: number, run: () => void) => void,
): void {
  const began = performance.now();
  let written = 0;
  const tick = () => {
    const passed = Math.min(performance.now() - began, forMs);
    const due = Math.floor((passed * floodPerSecond) / 1_000);
    let text = "";
    for (; written < due; written += 1) text += `${line(written)}\n`;
    if (text !== "") write(text);
    if (passed < forMs) later(tickMs, tick);
  };
  tick();
}
