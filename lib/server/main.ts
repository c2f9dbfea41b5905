import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import next from "next";
import type { Logger } from "pino";
import type { Config } from "#lib/server/config/config.ts";
import { ConfigError } from "#lib/server/config/config-error.ts";
import { variables } from "#lib/server/config/variables.ts";
import { createHttpServer } from "#lib/server/http/create-server.ts";
import {
  createRequestListener,
  type HttpRules,
  type RequestHandler,
} from "#lib/server/http/request-listener.ts";
import { createUpgradeRouter } from "#lib/server/http/upgrade-router.ts";
import { createLogger } from "#lib/server/log/logger.ts";
import { type StartedRuntime, startRuntime } from "./runtime.ts";
import { stopServing } from "./stop-serving.ts";

/** Where the pages come from: a built payload folder, or the source tree with Next's development mode. */
export interface PagesSource {
  readonly dir: string;
  readonly dev: boolean;
  /** Names what was built, so that open pages notice a newer server. */
  readonly build: string;
  /** Of Shoal, as agents and people are told. */
  readonly version: string;
}

/** Next, ready to answer. */
interface Pages {
  readonly handle: RequestHandler;
  /** Never listens: Next puts its own socket listener on it instead of on the real server. */
  readonly decoy: Server;
  close(): Promise<void>;
}

/**
 * Runs the server until the process is asked to end. Resolves when it listens; the process then ends by
 * itself with code 0 on SIGTERM or SIGINT. Throws ConfigError, DataError and other start errors after
 * closing what was open.
 */
export async function serve(config: Config, source: PagesSource): Promise<void> {
  const log = createLogger(config.logLevel);
  const started = await startRuntime(config, log, source);
  try {
    await servePages(config, source, log, started);
  } catch (error) {
    await started.stopLive();
    started.closeData();
    throw error;
  }
}

async function servePages(
  config: Config,
  source: PagesSource,
  log: Logger,
  started: StartedRuntime,
): Promise<void> {
  process.env.NEXTAUTH_SECRET = started.runtime.auth.sessionSecret;
  const pages = await openPages(source);
  const rules: HttpRules = { ...config, dev: source.dev };
  const development = source.dev
    ? (...upgrade: unknown[]): void => void pages.decoy.emit("upgrade", ...upgrade)
    : undefined;
  const router = createUpgradeRouter(rules, log, development);
  for (const [path, { route, machines }] of started.sockets) router.add(path, route, { machines });

  const server = createHttpServer(config.tls, log);
  server.on("request", createRequestListener(rules, log, pages.handle));
  server.on("upgrade", router.listener);
  const url = await listen(server, config);
  // next-auth would take localhost:3000 for its own address.
  process.env.NEXTAUTH_URL = url;

  handleProcessEvents(log, (exitCode) => {
    router.close();
    const { stopLive, closeData } = started;
    stopServing({ server, log, stopLive, closePages: pages.close, closeData })
      .then(() => process.exit(exitCode))
      .catch((error: unknown) => {
        log.error({ err: error }, "unclean stop");
        process.exit(1);
      });
  });
  log.info({ url, host: config.host, dataDir: config.dataDir, engine: config.engine.name }, "listening");
  const setupCode = started.setupCode();
  if (setupCode !== null) process.stdout.write(firstRunNotice(url, setupCode));
}

/** For the person who reads the log of a first start; written as text, since the log itself hides codes. */
function firstRunNotice(url: string, setupCode: string): string {
  const lines = [
    "Shoal has no account yet. To make the first one:",
    `  open        ${url}/setup`,
    `  setup code  ${setupCode}`,
    "The code works once and changes with every start.",
  ];
  const rule = "─".repeat(Math.max(...lines.map((line) => line.length)));
  return `\n${[rule, ...lines, rule].join("\n")}\n\n`;
}

/** Opens the listening socket and answers the address people open. Throws ConfigError when that is impossible. */
async function listen(server: Server, config: Config): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(config.port, config.host, () => {
      server.off("error", reject);
      resolve();
    });
  }).catch((error: NodeJS.ErrnoException) => {
    throw listenError(error, config);
  });
  if (config.publicUrl !== null) return config.publicUrl.origin;
  const { port } = server.address() as AddressInfo;
  const everywhere = config.host === "0.0.0.0" || config.host === "::";
  const host = everywhere ? "localhost" : config.host.includes(":") ? `[${config.host}]` : config.host;
  return new URL(`${config.tls === null ? "http" : "https"}://${host}:${port}`).origin;
}

function listenError(error: NodeJS.ErrnoException, config: Config): Error {
  const port = String(config.port);
  if (error.code === "EADDRINUSE")
    return new ConfigError(variables.port, port, "another program uses this port");
  if (error.code === "EACCES")
    return new ConfigError(variables.port, port, "the system does not allow this port");
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") {
    return new ConfigError(variables.host, config.host, "this machine has no such address");
  }
  return error;
}

/**
 * Starts Next inside this process. In a payload the configuration is the one of the build: Next's private
 * variable for it is what its own standalone server uses, and without it Next would load its compiler, which
 * the payload does not carry (vercel/next.js#64031). The smoke test holds this against upgrades.
 */
async function openPages(source: PagesSource): Promise<Pages> {
  if (!source.dev) {
    const built: { config: unknown } = JSON.parse(
      readFileSync(join(source.dir, ".next/required-server-files.json"), "utf8"),
    );
    process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(built.config);
  }
  const decoy = createServer();
  const app = next({ dev: source.dev, dir: source.dir, httpServer: decoy });
  await app.prepare();
  const handle = app.getRequestHandler();
  return { handle: (request, response) => handle(request, response), decoy, close: () => app.close() };
}

function handleProcessEvents(log: Logger, stop: (exitCode: number) => void): void {
  let stopping = false;
  const once = (reason: object, exitCode: number): void => {
    // A second signal means: now.
    if (stopping) process.exit(exitCode === 0 ? 130 : exitCode);
    stopping = true;
    log.info(reason, "stopping");
    stop(exitCode);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => once({ signal }, 0));
  process.on("unhandledRejection", (error) => log.error({ err: error }, "unhandled rejection"));
  process.on("uncaughtException", (error) => {
    log.fatal({ err: error }, "uncaught error");
    once({ reason: "uncaught error" }, 1);
  });
}
