import "@xterm/xterm/css/xterm.css";
import { FitAddon } from "@xterm/addon-fit";
import { SearchAddon } from "@xterm/addon-search";
import { Terminal } from "@xterm/xterm";
import { terminalTheme } from "./terminal-theme.ts";

/** Keys that are not for the shell. */
export interface TerminalKeys {
  readonly onLeave: () => void;
  readonly onSearch: () => void;
  readonly onCopy: (text: string) => void;
}

export interface OpenTerminal {
  readonly terminal: Terminal;
  readonly search: SearchAddon;
  fit(): void;
  close(): void;
}

export interface TerminalLook {
  readonly fontSize: number;
  readonly label: string;
}

/** Puts a terminal into an element: it follows the element's size and the page's theme until `close`. */
export function openTerminal(host: HTMLElement, look: TerminalLook, keys: TerminalKeys): OpenTerminal {
  const style = getComputedStyle(document.documentElement);
  const terminal = new Terminal({
    fontFamily: style.getPropertyValue("--mono").trim(),
    fontSize: look.fontSize,
    lineHeight: 1.2,
    scrollback: 10_000,
    cursorBlink: false,
    minimumContrastRatio: 4.5,
    theme: terminalTheme(host),
    // Titles and links of a container are its own business; what it writes is text.
    allowProposedApi: false,
  });
  const fit = new FitAddon();
  const search = new SearchAddon();
  terminal.loadAddon(fit);
  terminal.loadAddon(search);
  withStyleNonce(() => terminal.open(host));
  terminal.textarea?.setAttribute("aria-label", look.label);
  terminal.attachCustomKeyEventHandler((event) => takeKey(event, terminal, keys));

  const safeFit = () => {
    if (host.clientWidth > 0 && host.clientHeight > 0) fit.fit();
  };
  const sizes = new ResizeObserver(safeFit);
  sizes.observe(host);
  const themes = new MutationObserver(() => {
    terminal.options.theme = terminalTheme(host);
  });
  themes.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  safeFit();
  return {
    terminal,
    search,
    fit: safeFit,
    close() {
      sizes.disconnect();
      themes.disconnect();
      terminal.dispose();
    },
  };
}

/** False: the key is ours and must not reach the shell. */
function takeKey(event: KeyboardEvent, terminal: Terminal, keys: TerminalKeys): boolean {
  if (!event.ctrlKey || event.metaKey) return true;
  const key = event.key.toLowerCase();
  const ours = (run: () => void) => {
    event.preventDefault();
    if (event.type === "keydown") run();
    return false;
  };
  if (event.altKey && key === "enter") return ours(keys.onLeave);
  if (!event.shiftKey || event.altKey) return true;
  if (key === "c") return ours(() => keys.onCopy(terminal.getSelection()));
  if (key === "f") return ours(keys.onSearch);
  // The browser pastes by itself, without asking for the clipboard.
  return key !== "v";
}

/** The terminal makes style elements of its own while it is opened: they need the page's nonce to count. */
function withStyleNonce(run: () => void): void {
  const nonce = document.querySelector<HTMLElement>("script[nonce]")?.nonce ?? "";
  const create = document.createElement.bind(document);
  document.createElement = (name: string, options?: ElementCreationOptions) => {
    const made = create(name, options);
    if (name === "style") made.nonce = nonce;
    return made;
  };
  try {
    run();
  } finally {
    // The prototype's own again.
    Reflect.deleteProperty(document, "createElement");
  }
}
