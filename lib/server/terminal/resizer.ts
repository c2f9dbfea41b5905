import { setTimeout as delay } from "node:timers/promises";
import { isAppError } from "#lib/shared/errors.ts";

const [tries, pauseMs] = [12, 100];

/**
 * Tells a terminal its size. Only the newest one counts; the engine knows no such terminal for a moment after it was
 * started (404, measured), and never again after it has ended.
 */
export function createResizer(
  send: (cols: number, rows: number) => Promise<unknown>,
  isOver: () => boolean,
): (cols: number, rows: number) => void {
  let wanted: readonly [number, number] | null = null;
  let running = false;

  async function run(): Promise<void> {
    for (let left = tries; wanted !== null && left > 0 && !isOver(); left -= 1) {
      const [cols, rows] = wanted;
      try {
        await send(cols, rows);
        if (wanted[0] === cols && wanted[1] === rows) wanted = null;
      } catch (error) {
        if (!isAppError(error)) throw error;
        await delay(pauseMs);
      }
    }
    wanted = null;
  }

  return (cols, rows) => {
    wanted = [cols, rows];
    if (running) return;
    running = true;
    void run().finally(() => {
      running = false;
    });
  };
}
