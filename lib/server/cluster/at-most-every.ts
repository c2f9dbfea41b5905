/** Runs `work` at once, then not again before `ms` have passed: calls in between make it run once more at their end. */
export function atMostEvery(ms: number, work: () => void): () => void {
  let timer: NodeJS.Timeout | null = null;
  let isWanted = false;
  const run = () => {
    isWanted = false;
    timer = setTimeout(() => {
      timer = null;
      if (isWanted) run();
    }, ms);
    timer.unref();
    work();
  };
  return () => {
    if (timer === null) run();
    else isWanted = true;
  };
}
