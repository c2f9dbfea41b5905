/** A key, or two in a row ("g m"), and what it does. */
export interface Shortcut {
  readonly keys: string;
  readonly label: string;
  readonly group: "everywhere" | "go" | "page";
  readonly run: (event: KeyboardEvent | undefined) => void;
}

type Press = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">;

const storageKey = "shoal_single_keys";
/** The second key of a pair must follow within this time, ms. */
const pairMs = 1200;

/**
 * The keys that work now. The newest of the same keys wins, so that a dialog may take one over. All of them are
 * single keys without modifiers; they can be switched off (WCAG 2.1.4).
 */
export class ShortcutKeys {
  readonly #all = new Map<symbol, Shortcut>();
  #first = "";
  #firstAt = 0;

  /** Adds a shortcut; the answer removes it. */
  add(shortcut: Shortcut): () => void {
    const id = Symbol(shortcut.keys);
    this.#all.set(id, shortcut);
    return () => this.#all.delete(id);
  }

  list(): Shortcut[] {
    const byKeys = new Map([...this.#all.values()].map((shortcut) => [shortcut.keys, shortcut]));
    return [...byKeys.values()];
  }

  /** Runs what the key stands for; true when it stood for something. */
  press(event: Press, now = Date.now()): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.enabled) return false;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const pair = now - this.#firstAt < pairMs ? this.#find(`${this.#first} ${key}`) : undefined;
    this.#first = key;
    this.#firstAt = pair ? 0 : now;
    const found = pair ?? this.#find(key);
    found?.run(event instanceof Event ? (event as KeyboardEvent) : undefined);
    return found !== undefined;
  }

  /** Runs a shortcut as if it had been pressed, even when keys are switched off. */
  runNow(keys: string) {
    this.#find(keys)?.run(undefined);
  }

  get enabled(): boolean {
    try {
      return localStorage.getItem(storageKey) !== "off";
    } catch {
      return true;
    }
  }

  set enabled(on: boolean) {
    try {
      localStorage.setItem(storageKey, on ? "on" : "off");
    } catch {
      // Storage may be forbidden: the choice cannot be kept.
    }
  }

  #find(keys: string): Shortcut | undefined {
    return this.list().find((shortcut) => shortcut.keys === keys);
  }
}

/** True where keys write text or choose in a list, or while a dialog is open. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('[role="menu"], [role="alertdialog"]')) return true;
  if (document.querySelector('[data-slot="dialog"], [data-slot="confirm-dialog"]')) return true;
  return ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}
