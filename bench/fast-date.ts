/** A clock that began with the machine's own and runs faster: what `Date` says, from `began` on. */
export interface FastClock {
  /** When both said the same, ms since 1970. */
  readonly began: number;
  readonly speed: number;
}

/** The environment in which a Node process has that clock. Its timers stay as they are: they guard real connections. */
export function serverWithClock(clock: FastClock): Readonly<Record<string, string>> {
  const program = `(${speedUpDate.toString()})(${JSON.stringify({ ...clock, hasTimers: false })})`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(program)}` };
}

/**
 * Makes `Date` run fast, and with it timers of a second and more, down to four times a second: nobody sees more than that.
 * It is sent to browsers and other processes as text, so it uses nothing from outside.
 */
export function speedUpDate({ began, speed, hasTimers }: FastClock & { readonly hasTimers: boolean }): void {
  const Real = Date;
  const now = () => Math.round(began + (Real.now() - began) * speed);
  globalThis.Date = new Proxy(Real, {
    apply: () => new Real(now()).toString(),
    construct: (_target, words: [number]) => (words.length > 0 ? new Real(...words) : new Real(now())),
    get: (target, name) => (name === "now" ? now : Reflect.get(target, name)),
  });
  if (!hasTimers) return;
  const sooner = (ms?: number) => (ms !== undefined && ms >= 1_000 ? Math.max(250, ms / speed) : ms);
  for (const name of ["setTimeout", "setInterval"] as const) {
    const plan = globalThis[name].bind(globalThis) as (...words: unknown[]) => unknown;
    Reflect.set(globalThis, name, (run: unknown, ms?: number, ...rest: unknown[]) =>
      plan(run, sooner(ms), ...rest),
    );
  }
}
