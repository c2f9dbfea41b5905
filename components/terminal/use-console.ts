"use client";

import "#lib/shared/i18n/pages/consoles.ts";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { ApiError, api } from "#lib/client/api.ts";
import { TerminalLink, type TerminalLinkState, type TerminalWebSocket } from "#lib/client/terminal-link.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ConsoleTicket } from "#lib/shared/terminal/types.ts";
import { type ConsoleAddress, writeConsoleAddress } from "./console-address.ts";
import { forgetTab, keepTab, keptTab } from "./kept-tab.ts";
import type { OpenTerminal, TerminalKeys, TerminalLook } from "./open-terminal.ts";

/** A console as the page shows it. */
export interface ConsolePicture {
  readonly facts: Omit<ConsoleTicket, "ticket"> | null;
  readonly state: TerminalLinkState;
  /** Why there is no console at all. */
  readonly problem: string | null;
}

export interface ConsoleHandle extends ConsolePicture {
  readonly terminal: RefObject<OpenTerminal | null>;
  /** Types for somebody who has no such key. */
  type(text: string): void;
  reconnect(): void;
  /** Ends the process, if it still runs, and begins anew. */
  restart(): void;
  /** Ends the process, or leaves the container's own alone. */
  end(): void;
}

interface Live {
  readonly open: OpenTerminal;
  readonly link: TerminalLink;
}

const connecting: ConsolePicture = { facts: null, state: { state: "connecting" }, problem: null };
const encoder = new TextEncoder();

/** Opens a console in the element and keeps it until the component goes; a reload of the tab comes back to it. */
export function useConsole(
  host: RefObject<HTMLElement | null>,
  address: ConsoleAddress,
  look: TerminalLook,
  keys: TerminalKeys,
): ConsoleHandle {
  const { apiPath, model } = useCluster();
  const [picture, setPicture] = useState(connecting);
  const [round, setRound] = useState(0);
  const live = useRef<Live | null>(null);
  const terminal = useRef<OpenTerminal | null>(null);
  const query = writeConsoleAddress(address).toString();
  const name = `${model.info.id} ${query}`;
  const latest = useRef({ address, look, keys });
  useEffect(() => {
    latest.current = { address, look, keys };
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round begins the same console anew
  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const ended = new AbortController();
    const change = (part: Partial<ConsolePicture>) => {
      if (!ended.signal.aborted) setPicture((before) => ({ ...before, ...part }));
    };
    setPicture(connecting);
    const begin = async () => {
      const { openTerminal } = await import("./open-terminal.ts");
      if (ended.signal.aborted) return;
      const { keys: now, look: first } = latest.current;
      const open = openTerminal(element, first, now);
      terminal.current = open;
      ended.signal.addEventListener("abort", () => {
        live.current?.link.leave();
        live.current = null;
        terminal.current = null;
        open.close();
      });
      await connect(open, true);
    };
    const connect = async (open: OpenTerminal, mayResume: boolean): Promise<void> => {
      const kept = mayResume ? keptTab(name) : null;
      const path = apiPath(`/containers/${encodeURIComponent(latest.current.address.container)}/consoles`);
      const ticket = kept
        ? null
        : await api.post<ConsoleTicket>(
            path + nodeQuery(latest.current.address),
            bodyOf(latest.current.address),
          );
      if (ended.signal.aborted) return;
      const facts = kept?.facts ?? ticket;
      if (facts === null) return;
      change({ facts, problem: null });
      const link = linkOf(open, kept ? { session: kept.tab } : { ticket: ticket?.ticket ?? "" }, {
        onOpened: (tab) => keepTab(name, { tab, facts: { ...facts, ...{ ticket: undefined } } }),
        onState(state) {
          if (ended.signal.aborted) return;
          if (state.state === "ended") forgetTab(name);
          // The console of before has been ended: a new one, without a word.
          if (kept && state.state === "ended" && state.reason === "session_lost") {
            connect(open, false).catch(fail);
            return;
          }
          change({ state });
        },
      });
      live.current = { open, link };
      open.terminal.focus();
    };
    const fail = (error: unknown) => {
      if (ended.signal.aborted) return;
      const problem = error instanceof ApiError ? error.message : String(error);
      change({ problem, state: { state: "ended", code: null, reason: "refused", message: problem } });
    };
    begin().catch(fail);
    const online = () => live.current?.link.reconnectNow();
    addEventListener("online", online);
    return () => {
      removeEventListener("online", online);
      ended.abort();
    };
  }, [name, round, apiPath(""), host]);

  return {
    ...picture,
    terminal,
    type(text) {
      live.current?.link.write(encoder.encode(text));
      live.current?.open.terminal.focus();
    },
    reconnect: () => live.current?.link.reconnectNow(),
    restart() {
      live.current?.link.close();
      forgetTab(name);
      setRound((before) => before + 1);
    },
    end: () => live.current?.link.close(),
  };
}

function nodeQuery({ node }: ConsoleAddress): string {
  return node === null ? "" : `?${new URLSearchParams({ node })}`;
}

function bodyOf({ kind, command, user }: ConsoleAddress): object {
  if (kind === "attach") return { kind };
  return { kind, ...(command && { command }), ...(user !== "" && { user }) };
}

/** Ties a terminal to a connection. */
function linkOf(
  { terminal }: OpenTerminal,
  start: ConstructorParameters<typeof TerminalLink>[0]["start"],
  on: Pick<ConstructorParameters<typeof TerminalLink>[0], "onOpened" | "onState">,
): TerminalLink {
  // A tab that was loaded anew is shown what was written before: questions in it were answered long ago.
  let isReplay = "session" in start;
  const link = new TerminalLink({
    openSocket: () => {
      const url = new URL("/ws/terminal", location.href);
      url.protocol = url.protocol.replace("http", "ws");
      return new WebSocket(url) as unknown as TerminalWebSocket;
    },
    start,
    size: () => ({ cols: terminal.cols, rows: terminal.rows }),
    onBytes(bytes, done) {
      terminal.write(bytes, () => {
        isReplay = false;
        done();
      });
    },
    onMissed: (bytes) => terminal.write(`\r\n\x1b[2m${t("consoles.missed", { n: bytes })}\x1b[0m\r\n`),
    ...on,
  });
  terminal.onData((text) => isReplay || link.write(encoder.encode(text)));
  terminal.onBinary((text) => link.write(Uint8Array.from(text, (char) => char.charCodeAt(0))));
  terminal.onResize(({ cols, rows }) => link.resize(cols, rows));
  return link;
}
