export interface ToastOptions {
  /** A second line, for example the engine's own words. */
  detail?: string;
  /** One button, usually Undo. */
  action?: { label: string; onClick: () => void };
  /** Toasts with the same id replace each other. */
  id?: string;
}

interface ToastCall extends ToastOptions {
  readonly message: string;
  readonly isError: boolean;
}

/** What was said before the corner was loaded. */
const waiting: ToastCall[] = [];
let show: ((call: ToastCall) => void) | null = null;

function say(call: ToastCall): void {
  if (show) show(call);
  else waiting.push(call);
}

/** Says something that is not visible elsewhere; gone after 6 s. */
export function toast(message: string, options: ToastOptions = {}): void {
  say({ ...options, message, isError: false });
}

/** Says what went wrong; stays until closed and is read out at once. */
export function toastError(message: string, options: ToastOptions = {}): void {
  say({ ...options, message, isError: true });
}

/** Hands every toast to the corner, first those that waited. Returns the function that ends it. */
export function onShow(listener: (call: ToastCall) => void): () => void {
  show = listener;
  for (const call of waiting.splice(0)) listener(call);
  return () => {
    show = null;
  };
}
