"use client";

import { useState } from "react";

export interface Submit {
  readonly busy: boolean;
  /** Why the last try did not work; undefined while there is nothing to say. */
  readonly error: unknown;
  /** Runs the work unless it is running. Resolves when it has ended, whichever way. */
  readonly run: (work: () => Promise<void>) => Promise<void>;
  readonly reset: () => void;
}

/** Sending a form: once at a time, and what went wrong stays to be shown. */
export function useSubmit(): Submit {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = async (work: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await work();
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, run, reset: () => setError(undefined) };
}
