import { type ComponentType, lazy, Suspense, useEffect, useState } from "react";

/** Runs once the page has loaded and the browser has nothing better to do. */
function whenIdle(run: () => void): void {
  const soon = () => {
    // Safari has no idle callbacks.
    if ("requestIdleCallback" in window) window.requestIdleCallback(run);
    else setTimeout(run, 1_000);
  };
  if (document.readyState === "complete") soon();
  else addEventListener("load", soon, { once: true });
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** A server that is away comes back: what could not be fetched is asked for again, and never takes the page with it. */
async function untilLoaded<T>(load: () => Promise<T>): Promise<T> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await load();
    } catch (error) {
      if (typeof window === "undefined") throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

/**
 * A component whose code is not part of the first load. It is fetched when it is shown, or as soon as the browser is
 * idle, so that it is there even when the server has gone away in the meantime. Until then it shows nothing.
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loading: Promise<{ default: ComponentType<Props> }> | null = null;
  const fetchOnce = () => {
    loading ??= untilLoaded(load).then((component) => ({ default: component }));
    return loading;
  };
  const Lazy = lazy(fetchOnce) as unknown as ComponentType<Props>;
  if (typeof window !== "undefined") whenIdle(() => void fetchOnce());
  // biome-ignore lint/correctness/noComponentHookFactories: called once per component, where a module begins
  return function Later(props) {
    return (
      <Suspense fallback={null}>
        <Lazy {...props} />
      </Suspense>
    );
  };
}

/** Like `later`, for what is on the page from the beginning but not worth waiting for: shown when the browser is idle. */
export function atLeisure<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const Later = later(load);
  // biome-ignore lint/correctness/noComponentHookFactories: called once per component, where a module begins
  return function AtLeisure(props) {
    const [isIdle, setIdle] = useState(false);
    useEffect(() => whenIdle(() => setIdle(true)), []);
    return isIdle ? <Later {...props} /> : null;
  };
}
