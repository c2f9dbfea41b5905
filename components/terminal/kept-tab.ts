import type { TerminalTab } from "#lib/client/terminal-link.ts";
import type { ConsoleTicket } from "#lib/shared/terminal/types.ts";

/** The console a tab had: what leads back to it, and what it was. Only this tab can read it. */
export interface KeptTab {
  readonly tab: TerminalTab;
  readonly facts: Omit<ConsoleTicket, "ticket">;
}

const nameOf = (address: string) => `shoal_console ${address}`;

/** Storage may be forbidden (private windows, policies): then a reload begins anew. */
export function keepTab(address: string, kept: KeptTab): void {
  try {
    sessionStorage.setItem(nameOf(address), JSON.stringify(kept));
  } catch {}
}

export function keptTab(address: string): KeptTab | null {
  try {
    const text = sessionStorage.getItem(nameOf(address));
    return text === null ? null : (JSON.parse(text) as KeptTab);
  } catch {
    return null;
  }
}

export function forgetTab(address: string): void {
  try {
    sessionStorage.removeItem(nameOf(address));
  } catch {}
}
