/** Asks whether what is not saved on the page may be left; null: nothing is. */
type Guard = () => Promise<boolean>;

let guard: Guard | null = null;

/** Sets who is asked before the page is left. Answers what takes it away again. */
export function guardLeaving(ask: Guard): () => void {
  guard = ask;
  return () => {
    if (guard === ask) guard = null;
  };
}

/** Goes elsewhere by key or command, after asking where something would be lost. Links are asked about by themselves. */
export function leave(go: () => void): void {
  if (guard === null) go();
  else
    void guard().then((yes) => {
      if (yes) go();
    });
}
