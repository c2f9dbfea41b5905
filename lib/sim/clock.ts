/** All time that the simulator knows. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back once, not before `at`. Returns what takes the plan back. */
  wake(at: number, run: () => void): () => void;
}

/** Longest time a timer may be set to; a later plan is waited for in parts. */
const LONGEST_WAIT_MS = 60 * 60_000;

/** The machine's own time; `speed` 60 lets an hour pass in a minute. */
export function machineClock(speed = 1): Clock {
  const began = Date.now();
  const now = () => began + (Date.now() - began) * speed;
  return {
    now,
    wake(at, run) {
      const wait = Math.min(Math.max(1, (at - now()) / speed), LONGEST_WAIT_MS);
      const timer = setTimeout(run, wait);
      return () => clearTimeout(timer);
    },
  };
}

/** A clock that stands still until it is moved: for tests, and for hours in a moment. */
export interface HandClock extends Clock {
  /** Lets everything happen that is due in the next `ms`. */
  pass(ms: number): void;
}

/** Starts at a moment, and stays there. */
export function handClock(start: number): HandClock {
  let time = start;
  const plans = new Set<{ readonly at: number; readonly run: () => void }>();
  return {
    now: () => time,
    wake(at, run) {
      const plan = { at, run };
      plans.add(plan);
      return () => plans.delete(plan);
    },
    pass(ms) {
      const end = time + ms;
      for (;;) {
        const due = [...plans].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        plans.delete(due);
        time = Math.max(time, due.at);
        due.run();
      }
      time = end;
    },
  };
}
