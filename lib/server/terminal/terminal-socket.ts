import type { Logger } from "pino";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import type { UpgradeRoute } from "#lib/server/http/upgrade-router.ts";
import type { AuditLog, AuthService, Caller, RequestFacts } from "#lib/server/runtime-types.ts";
import { mayAnywhere } from "#lib/shared/access.ts";
import { closeCodes } from "#lib/shared/close-codes.ts";
import { AppError, isAppError, toProblem } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { type TerminalClientFrame, terminalClientFrame } from "#lib/shared/terminal/frames.ts";
import {
  type ConsoleEnd,
  type TerminalServerFrame,
  terminalCloseCodes,
  terminalWindow,
} from "#lib/shared/terminal/types.ts";
import { type Consoles, mayConsole } from "./consoles.ts";
import type { ConsolePeer, TerminalSession } from "./session.ts";

export interface TerminalSocketOptions {
  readonly auth: Pick<AuthService, "authenticate" | "onCredentialEnd" | "onAccessChange">;
  readonly consoles: Consoles;
  readonly audit: AuditLog;
  readonly log: Logger;
  /** Every so often: ping, and "is this credential still good". 15 s when not said. */
  readonly pingMs?: number;
  /** A socket must say which console it wants within this time, ms. */
  readonly helloMs?: number;
}

/** The sockets of consoles, `/ws/terminal`. */
export interface TerminalSocket {
  readonly route: UpgradeRoute;
  close(): void;
}

interface Tab {
  readonly socket: WebSocket;
  readonly facts: RequestFacts;
  caller: Caller;
  session: TerminalSession | null;
  alive: boolean;
}

export function createTerminalSocket(options: TerminalSocketOptions): TerminalSocket {
  const { auth, consoles, audit, log, helloMs = 10_000 } = options;
  const tabs = new Set<Tab>();
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: terminalWindow + 1024,
    perMessageDeflate: false,
  });
  const ticker = setInterval(() => {
    for (const tab of tabs) void check(tab);
  }, options.pingMs ?? 15_000);
  ticker.unref();
  // A tab whose console is just being opened has no session that could be ended.
  const stopListening = auth.onCredentialEnd((credential) => {
    for (const { socket, caller } of tabs)
      if (caller.credentialId === credential) socket.close(closeCodes.signedOut, "signed out");
  });
  const stopAccess = auth.onAccessChange((credential, access) => {
    for (const tab of tabs)
      if (tab.caller.credentialId === credential) tab.caller = { ...tab.caller, access };
  });

  async function check(tab: Tab): Promise<void> {
    if (!tab.alive) return tab.socket.terminate();
    tab.alive = false;
    tab.socket.ping();
    try {
      const caller = await auth.authenticate(tab.facts);
      if (caller === null) {
        await tab.session?.end("signed_out");
        tab.socket.close(closeCodes.signedOut, "signed out");
        return;
      }
      tab.caller = caller;
      const cluster = tab.session?.options.cluster;
      if (cluster !== undefined && !mayConsole(caller.access, cluster)) await tab.session?.end("not_allowed");
    } catch (error) {
      log.warn({ err: error }, "could not check the credential of a console");
    }
  }

  async function begin(tab: Tab, frame: TerminalClientFrame): Promise<void> {
    const { caller, socket } = tab;
    if (frame.type !== "open" && frame.type !== "resume") throw badFrame();
    const session =
      frame.type === "open"
        ? await consoles.open(caller, frame.ticket)
        : consoles.resume(caller, frame.session, frame.secret);
    const peer = peerOf(socket);
    tab.session = session;
    session.attach(peer, frame.type === "resume" ? frame.received : 0);
    session.resize(frame.cols, frame.rows);
    const leave = (code: number) => session.detach(peer, code === terminalCloseCodes.ended);
    // It may have gone while the engine was asked.
    if (socket.readyState === socket.OPEN) socket.on("close", leave);
    else leave(1006);
    // While the engine was asked it was no console yet that could be ended.
    if (!mayConsole(tab.caller.access, session.options.cluster)) void session.end("not_allowed");
  }

  function refuse(tab: Tab, error: unknown): void {
    if (!isAppError(error)) log.error({ err: error }, "a console could not be opened");
    const { code, detail } = toProblem(error);
    if (code === "forbidden" || code === "not_found") denied(tab.caller, code);
    send(tab.socket, { type: "error", code, message: detail });
    tab.socket.close(code === "invalid_input" ? closeCodes.badFrame : terminalCloseCodes.refused, code);
  }

  function denied(caller: Caller, code: string): void {
    audit.write({
      action: "container.console",
      caller,
      address: caller.address,
      object: "console",
      cluster: null,
      result: "denied",
      facts: { code },
    });
  }

  function serve(socket: WebSocket, tab: Tab): void {
    const hello = setTimeout(() => refuse(tab, badFrame()), helloMs);
    let opening: Promise<void> | null = null;
    socket.on("error", (error) => log.debug({ err: error }, "console socket error"));
    socket.on("pong", () => {
      tab.alive = true;
    });
    socket.on("message", (data, isBinary) => {
      tab.alive = true;
      try {
        if (isBinary) return takeBytes(tab, data);
        const frame = parseFrame(data);
        if (tab.session !== null) return takeFrame(tab.session, socket, frame);
        if (opening !== null) throw badFrame();
        clearTimeout(hello);
        opening = begin(tab, frame).catch((error: unknown) => refuse(tab, error));
      } catch (error) {
        refuse(tab, error);
      }
    });
    socket.on("close", () => {
      clearTimeout(hello);
      tabs.delete(tab);
    });
  }

  const route: UpgradeRoute = async ({ request, address }) => {
    const facts: RequestFacts = {
      cookie: request.headers.cookie ?? null,
      authorization: request.headers.authorization ?? null,
      address,
    };
    const caller = await auth.authenticate(facts);
    if (caller === null) throw new AppError("unauthenticated", t("states.call.signIn"));
    // Which cluster it is about is known from the ticket.
    if (!mayAnywhere(caller.access, "container.exec")) {
      denied(caller, "forbidden");
      throw new AppError("forbidden", t("states.call.notAllowed"));
    }
    return (rawSocket, head) => {
      server.handleUpgrade(request, rawSocket, head, (socket) => {
        const tab: Tab = { socket, facts, caller, session: null, alive: true };
        tabs.add(tab);
        serve(socket, tab);
      });
    };
  };

  return {
    route,
    close() {
      clearInterval(ticker);
      stopListening();
      stopAccess();
      for (const { socket } of tabs) {
        socket.close(closeCodes.goingAway, "the server stops");
        setTimeout(() => socket.terminate(), 1_000).unref();
      }
      server.close();
    },
  };
}

const badFrame = () => new AppError("invalid_input", t("consoles.error.badFrame"));

function takeBytes({ session }: Tab, data: RawData): void {
  if (session === null) throw badFrame();
  const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer);
  if (!session.input(bytes)) throw badFrame();
}

function takeFrame(session: TerminalSession, socket: WebSocket, frame: TerminalClientFrame): void {
  if (frame.type === "resize") session.resize(frame.cols, frame.rows);
  else if (frame.type === "ack") session.acknowledge(frame.received);
  else if (frame.type === "eof") session.endOfInput();
  else if (frame.type === "end") void session.end("given_up");
  else if (frame.type === "ping") send(socket, { type: "pong" });
  else throw badFrame();
}

function parseFrame(data: RawData): TerminalClientFrame {
  try {
    return terminalClientFrame.parse(JSON.parse(String(data)));
  } catch (cause) {
    throw new AppError("invalid_input", t("consoles.error.badFrame"), { cause });
  }
}

function send(socket: WebSocket, frame: TerminalServerFrame): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
}

const codeOf = (reason: ConsoleEnd | "replaced"): number => {
  if (reason === "replaced") return terminalCloseCodes.replaced;
  if (reason === "signed_out") return closeCodes.signedOut;
  return reason === "server_stopped" ? closeCodes.goingAway : terminalCloseCodes.ended;
};

function peerOf(socket: WebSocket): ConsolePeer {
  return {
    send: (frame) => send(socket, frame),
    sendBytes: (bytes) => {
      if (socket.readyState === socket.OPEN) socket.send(bytes);
    },
    close: (reason) => socket.close(codeOf(reason), reason),
  };
}
