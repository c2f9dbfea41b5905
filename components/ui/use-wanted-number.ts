"use client";

import { useEffect, useRef, useState } from "react";

export interface WantedNumberOptions {
  /** The number that holds now. */
  wanted: number;
  /** Sends the number. A rejection takes the shown number back. */
  onCommit: (wanted: number) => void | Promise<void>;
  /** Asks before 0 is sent; without it 0 is sent like any other number. */
  confirmZero?: () => boolean | Promise<boolean>;
  /** Rest after the last change before it is sent. */
  restMs?: number;
}

export interface WantedNumber {
  /** What to show: the number asked for here, or the one that holds. */
  target: number;
  /** A change made here is not true yet. */
  isPending: boolean;
  set: (wanted: number) => void;
}

interface Asked {
  readonly value: number;
  /** The rest is over and it has been sent. */
  readonly sent: boolean;
}

/** A sent number that never comes true (somebody else changed it meanwhile) is given up after this time, ms. */
const giveUpMs = 10_000;

/**
 * A number people click up and down: shown at once, sent after a rest, so five clicks are one change. The
 * asked-for number stays until the real one equals it, or sending fails.
 */
export function useWantedNumber(options: WantedNumberOptions): WantedNumber {
  const { wanted, restMs = 500 } = options;
  const [asked, setAsked] = useState<Asked>();
  const latest = useRef(options);
  const resting = useRef<{ timer: ReturnType<typeof setTimeout>; value: number }>(undefined);
  const givingUp = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    latest.current = options;
  });

  // A rest that is running when the row goes away still counts: the person saw the number change.
  useEffect(
    () => () => {
      clearTimeout(givingUp.current);
      if (!resting.current) return;
      clearTimeout(resting.current.timer);
      send(latest.current, resting.current.value).catch(() => {});
    },
    [],
  );

  if (asked?.sent && asked.value === wanted) setAsked(undefined);

  const takeBack = (value: number) =>
    setAsked((current) => (current?.sent && current.value === value ? undefined : current));
  const restOver = async (value: number) => {
    resting.current = undefined;
    setAsked({ value, sent: true });
    const isSent = await send(latest.current, value).catch(() => false);
    if (!isSent) return takeBack(value);
    clearTimeout(givingUp.current);
    givingUp.current = setTimeout(() => takeBack(value), giveUpMs);
  };
  const set = (value: number) => {
    setAsked({ value, sent: false });
    clearTimeout(resting.current?.timer);
    resting.current = { value, timer: setTimeout(() => void restOver(value), restMs) };
  };
  return { target: asked?.value ?? wanted, isPending: asked !== undefined, set };
}

/** Sends the number, after asking where it is 0; false when the person said no. */
async function send({ wanted, onCommit, confirmZero }: WantedNumberOptions, value: number): Promise<boolean> {
  if (value === wanted) return true;
  if (value === 0 && confirmZero && !(await confirmZero())) return false;
  await onCommit(value);
  return true;
}
