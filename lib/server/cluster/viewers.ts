/** Who looks at a cluster now. Pages change: after the last one left, somebody still counts as there for a moment. */
export interface Viewers {
  present(): boolean;
  /** Counts one more until the answered function is called; calling it twice is harmless. */
  enter(): () => void;
  stop(): void;
}

/** `onChange`: `present` may say something else now. */
export function createViewers(lingerMs: number, onChange: () => void): Viewers {
  let count = 0;
  let lingering: NodeJS.Timeout | null = null;
  let stopped = false;

  function stay(): void {
    if (lingering !== null) clearTimeout(lingering);
    lingering = null;
  }

  function left(): void {
    count -= 1;
    if (count > 0 || stopped) return;
    lingering = setTimeout(() => {
      lingering = null;
      onChange();
    }, lingerMs);
  }

  return {
    present: () => count > 0 || lingering !== null,
    enter() {
      let here = true;
      count += 1;
      stay();
      onChange();
      return () => {
        if (here) left();
        here = false;
      };
    },
    stop() {
      stopped = true;
      stay();
    },
  };
}
