import { WebSocket } from "ws";
import { TerminalLink, type TerminalLinkState, type TerminalWebSocket } from "#lib/client/terminal-link.ts";
import type { ConsoleTicket } from "#lib/shared/terminal/types.ts";
import type { Shoal } from "./shoal.ts";
import { waitFor } from "./wait.ts";

export interface ConsoleOptions {
  /** Default local. */
  readonly cluster?: string;
  readonly node?: string;
  readonly kind?: "exec" | "attach";
  readonly command?: readonly string[];
  readonly user?: string;
  readonly tty?: boolean;
  /** Of the caller; default an admin token of its own. */
  readonly token?: string;
  /** Called with every piece of output; `done` is called at once without it. */
  readonly onBytes?: (bytes: Uint8Array, done: () => void) => void;
}

/** A console without the page around it. */
export interface TestConsole {
  readonly ticket: ConsoleTicket;
  readonly link: TerminalLink;
  /** Everything that was shown. */
  text(): string;
  bytes(): number;
  missed(): number;
  state(): TerminalLinkState;
  type(text: string): void;
  /** Waits until the output matches, and answers the match. */
  until(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
  /** Waits for the end. */
  ended(timeoutMs?: number): Promise<Extract<TerminalLinkState, { state: "ended" }>>;
  /** The network is gone: nothing reconnects until `backOnline`. */
  offline(): void;
  backOnline(): void;
  /** The tab is gone without a word. */
  vanish(): void;
  resize(cols: number, rows: number): void;
}

/** Asks for a ticket as the API does. */
export async function ticketFor(
  shoal: Shoal,
  container: string,
  { cluster = "local", node, kind, command, user, tty, token }: ConsoleOptions = {},
) {
  const query = node === undefined ? "" : `?node=${node}`;
  const body = { kind, command, user, tty };
  const path = `/api/v1/clusters/${cluster}/containers/${container}/consoles${query}`;
  return shoal.api("POST", path, body, token === undefined ? {} : { token });
}

/** Opens a console in a container. The caller ends it. */
export async function openConsole(
  shoal: Shoal,
  token: string,
  container: string,
  options: ConsoleOptions = {},
): Promise<TestConsole> {
  const answer = await ticketFor(shoal, container, { ...options, token });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  const ticket = answer.body as ConsoleTicket;
  const parts: Buffer[] = [];
  let [total, missed, isOffline] = [0, 0, false];
  let size = { cols: 80, rows: 24 };
  const decoder = new TextDecoder();
  let text = "";
  const sockets = new Set<WebSocket>();
  const openSocket = () => {
    const url = `${shoal.url.replace(/^http/, "ws")}/ws/terminal`;
    const headers = { authorization: `Bearer ${token}` };
    // A port where nothing listens: as good as no network.
    const socket = new WebSocket(isOffline ? "ws://127.0.0.1:9/" : url, { headers });
    socket.on("error", () => undefined);
    sockets.add(socket);
    return socket as unknown as TerminalWebSocket;
  };
  const link = new TerminalLink({
    openSocket,
    start: { ticket: ticket.ticket },
    size: () => size,
    onBytes(bytes, done) {
      total += bytes.length;
      parts.push(Buffer.from(bytes));
      if (text.length < 4_000_000) text += decoder.decode(bytes, { stream: true });
      if (options.onBytes) options.onBytes(bytes, done);
      else done();
    },
    onMissed(bytes) {
      missed += bytes;
    },
    onState: () => undefined,
  });
  const cutAll = () => {
    for (const socket of sockets) socket.terminate();
    sockets.clear();
  };
  return {
    ticket,
    link,
    text: () => text,
    bytes: () => total,
    missed: () => missed,
    state: () => link.state(),
    type: (typed) => link.write(Buffer.from(typed)),
    until: (pattern, timeoutMs = 15_000) =>
      waitFor(
        `${pattern} in the console`,
        async () => {
          const found = pattern.exec(text);
          if (!found) throw new Error(`${JSON.stringify(link.state())} ${JSON.stringify(text.slice(-300))}`);
          return found;
        },
        { timeoutMs },
      ),
    ended: (timeoutMs = 20_000) =>
      waitFor(
        "the end of the console",
        async () => {
          const state = link.state();
          if (state.state !== "ended") throw new Error(`${state.state} ${JSON.stringify(text.slice(-300))}`);
          return state;
        },
        { timeoutMs },
      ),
    offline() {
      isOffline = true;
      cutAll();
    },
    backOnline() {
      isOffline = false;
      link.reconnectNow();
    },
    vanish() {
      isOffline = true;
      cutAll();
    },
    resize(cols, rows) {
      size = { cols, rows };
      link.resize(cols, rows);
    },
  };
}
