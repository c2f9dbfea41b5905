import { randomBytes } from "node:crypto";
import type { Logger } from "pino";
import type { ContainerRef } from "#lib/server/container-types.ts";
import type { AuditLog, AuthService, Caller, ClusterRegistry } from "#lib/server/runtime-types.ts";
import { type Access, roleIn } from "#lib/shared/access.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { mayDo } from "#lib/shared/roles.ts";
import { joinCommand } from "#lib/shared/terminal/split-command.ts";
import { type ConsoleTicket, terminalGraceMs } from "#lib/shared/terminal/types.ts";
import { startAttach } from "./attach-process.ts";
import type { ConsoleOutcome, ConsolePlan } from "./console-process.ts";
import { startExec } from "./exec-process.ts";
import { type ConsoleInput, planConsole } from "./plan-console.ts";
import { createReaper } from "./reaper.ts";
import { TerminalSession } from "./session.ts";
import { createTickets } from "./tickets.ts";

export interface ConsolesOptions {
  readonly auth: Pick<AuthService, "onCredentialEnd" | "onAccessChange">;
  readonly clusters: Pick<ClusterRegistry, "get">;
  readonly audit: AuditLog;
  readonly log: Logger;
  readonly limits?: Partial<ConsoleLimits>;
  readonly now?: () => number;
}

/** `perUser` and `all` consoles at a time; times in ms. */
export interface ConsoleLimits {
  readonly perUser: number;
  readonly all: number;
  readonly ticketMs: number;
  readonly graceMs: number;
}

const defaultLimits: ConsoleLimits = { perUser: 16, all: 128, ticketMs: 30_000, graceMs: terminalGraceMs };

/** How long the end of the server waits for processes to be ended, ms. */
const stopMs = 4_000;

interface Planned {
  readonly caller: Caller;
  readonly cluster: string;
  readonly plan: ConsolePlan;
}

/** The consoles of this server, of all clusters. */
export interface Consoles {
  /** Finds the container and a command, and answers a ticket. Throws where there can be no console. */
  prepare(caller: Caller, cluster: string, ref: ContainerRef, input: ConsoleInput): Promise<ConsoleTicket>;
  /** Starts what a ticket stands for. Throws forbidden for a ticket that is wrong, used, too old or somebody else's. */
  open(caller: Caller, ticket: string): Promise<TerminalSession>;
  /** The console of a tab that comes back. Throws not_found, also for somebody else's. */
  resume(caller: Caller, session: string, secret: string): TerminalSession;
  /** Ends every console, and waits a moment for their processes to be gone. */
  stop(): Promise<void>;
}

export function createConsoles(options: ConsolesOptions): Consoles {
  const { clusters, audit, log, now = Date.now } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const tickets = createTickets<Planned>(limits.ticketMs, now);
  const sessions = new Map<string, TerminalSession>();
  const starting = new Map<string, Caller>();
  const reaper = createReaper({
    engines: (cluster) => clusters.get(cluster).engines,
    onEnded: ({ what }) => log.info({ console: what }, "a console's process was ended late"),
    onGivenUp: ({ what }) => log.warn({ console: what }, "a console's process could not be ended"),
  });
  const onError = (error: unknown) => log.error({ err: error }, "a console failed");
  const stopListening = options.auth.onCredentialEnd((credential) => {
    for (const session of sessions.values()) {
      if (session.options.caller.credentialId === credential) void session.end("signed_out");
    }
  });

  const stopAccess = options.auth.onAccessChange((credential, access) => {
    for (const session of sessions.values()) {
      const { caller, cluster } = session.options;
      if (caller.credentialId === credential && !mayConsole(access, cluster)) void session.end("not_allowed");
    }
  });

  function checkLimits(caller: Caller): void {
    const callers = [...[...sessions.values()].map((one) => one.options.caller), ...starting.values()];
    const mine = callers.filter(({ userId }) => userId === caller.userId).length;
    if (mine >= limits.perUser)
      throw new AppError("slow_down", t("consoles.error.tooManyOwn", { n: limits.perUser }));
    if (callers.length >= limits.all)
      throw new AppError("slow_down", t("consoles.error.tooMany", { n: limits.all }));
  }

  async function start({ caller, cluster, plan }: Planned): Promise<TerminalSession> {
    const id = randomBytes(12).toString("base64url");
    starting.set(id, caller);
    try {
      const process = plan.kind === "attach" ? await startAttach(plan) : await startExec(plan, id);
      const { graceMs } = limits;
      const session = new TerminalSession({
        id, caller, cluster, plan, process, graceMs, now, onError, onOver,
      }); // biome-ignore format: one line
      sessions.set(id, session);
      return session;
    } finally {
      starting.delete(id);
    }
  }

  function onOver(session: TerminalSession, outcome: ConsoleOutcome): void {
    const { caller, cluster, plan, process } = session.options;
    sessions.delete(session.id);
    const { node, name } = plan.target;
    audit.write({
      action: "container.console.end",
      caller,
      address: caller.address,
      object: `container ${name}`,
      cluster,
      result: outcome.isRunning ? "failed" : "ok",
      facts: {
        ...consoleFacts(plan),
        reason: outcome.reason,
        ...(outcome.code !== null && { exitCode: outcome.code }),
        seconds: Math.round(((session.endedAt ?? now()) - session.startedAt) / 1000),
        ...(outcome.isRunning && { stillRunning: true }),
      },
    });
    if (!outcome.isRunning || plan.kind === "attach") return;
    // The plan's link may be a dead one: the next try goes over the node's present link.
    const what = `${name} on ${node.name}`;
    const end = () => {
      const present = clusters.get(cluster).engines.get(node.id);
      return process.end(present);
    };
    reaper.add({ cluster, nodeId: node.id, what, end });
  }

  return {
    async prepare(caller, cluster, ref, input) {
      checkLimits(caller);
      if (tickets.count((planned) => planned.caller.userId === caller.userId) >= limits.perUser) {
        throw new AppError("slow_down", t("consoles.error.tooManyOwn", { n: limits.perUser }));
      }
      const plan = await planConsole(clusters.get(cluster).containers, ref, input);
      const { kind, target, command, user, tty, readOnly } = plan;
      return {
        ticket: tickets.issue({ caller, cluster, plan }),
        expiresInMs: limits.ticketMs,
        kind,
        container: { id: target.id, name: target.name },
        node: { id: target.node.id, name: target.node.name },
        command: kind === "attach" ? null : command,
        user,
        tty,
        readOnly,
        service: target.value.Config?.Labels?.["com.docker.swarm.service.name"] ?? null,
      };
    },

    async open(caller, ticket) {
      const planned = tickets.redeem(ticket);
      if (planned?.caller.credentialId !== caller.credentialId) {
        throw new AppError("forbidden", t("consoles.error.badTicket"));
      }
      // What was allowed when the ticket was made may not be any more.
      if (!mayConsole(caller.access, planned.cluster))
        throw new AppError("forbidden", t("states.call.notAllowed"));
      checkLimits(caller);
      return start({ ...planned, caller });
    },

    resume(caller, id, secret) {
      const session = sessions.get(id);
      if (!session?.isOf(caller, secret) || !mayConsole(caller.access, session.options.cluster))
        throw new AppError("not_found", t("consoles.error.noSession"));
      return session;
    },

    async stop() {
      stopListening();
      stopAccess();
      const ends = [...sessions.values()].map((session) => session.end("server_stopped"));
      await Promise.race([Promise.all(ends), new Promise((resolve) => setTimeout(resolve, stopMs).unref())]);
      reaper.stop();
    },
  };
}

/** May somebody with this access have a console in this cluster? */
export function mayConsole(access: Access, cluster: string): boolean {
  return mayDo(roleIn(access, cluster), "container.exec");
}

/** What an audit row says of a console: never what was typed or shown. */
function consoleFacts({
  kind,
  target,
  command,
  user,
}: Pick<ConsolePlan, "kind" | "command" | "user"> & { target: { node: { name: string } } }) {
  return {
    node: target.node.name,
    kind,
    ...(command.length > 0 && { command: joinCommand(command).slice(0, 300) }),
    ...(user !== "" && { user }),
  };
}
