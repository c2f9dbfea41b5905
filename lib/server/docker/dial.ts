import http, { IncomingMessage } from "node:http";
import https from "node:https";
import type { Duplex, Readable } from "node:stream";
import { inspect } from "node:util";
import Docker from "dockerode";
import type { Endpoint } from "./endpoint.ts";

/** One request as we hand it to the modem. `path` is without API version. */
export interface DialRequest {
  /** `v1.41`; null asks without a version, as negotiation does. */
  readonly version: string | null;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  /** Exact body; null sends none. A stream is sent chunked, as it comes. */
  readonly body: string | Buffer | Readable | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Dials one engine: raw answers of any status, as streams. */
export interface Dialer {
  request(request: DialRequest): Promise<IncomingMessage>;
  /** Asks to take over the connection (`Upgrade: tcp`): the raw connection, or the answer that refuses it. */
  upgrade(request: DialRequest): Promise<Upgraded>;
  close(): void;
}

/** The caller ends a socket it was given. */
export type Upgraded =
  | { readonly socket: Duplex; readonly answer: null }
  | { readonly socket: null; readonly answer: IncomingMessage };

/** What we use of docker-modem, typed here because dockerode's own types say `any`. */
interface Modem {
  version: string | undefined;
  buildRequest(options: object, ...rest: readonly unknown[]): void;
  dial(
    options: {
      path: string;
      method: string;
      headers: Record<string, string>;
      options: { _query: object; _body: object };
      file?: Buffer | Readable;
      hijack?: true;
      isStream: true;
      statusCodes: Record<number, true>;
      abortSignal: AbortSignal;
    },
    callback: (error: Error | null, answer: IncomingMessage | Duplex) => void,
  ): void;
}

/** Every status is an answer to us: with isStream the modem then hands over the response unread. */
const everyStatus: Record<number, true> = Object.fromEntries(
  Array.from({ length: 500 }, (_, index) => [index + 100, true as const]),
);

/** Sockets to one engine at a time. Event streams hold one each; a frozen engine can take no more than these. */
const maxSockets = 32;

/** Opens a dialer with connections of its own. The caller closes it. */
export function createDialer(endpoint: Endpoint): Dialer {
  const tls = endpoint.kind === "tcp" && endpoint.tls !== null;
  const agentOptions = { keepAlive: true, keepAliveMsecs: 15_000, maxSockets, maxFreeSockets: 8 };
  const agent =
    endpoint.kind === "tunnel"
      ? new TunnelAgent(endpoint.open, agentOptions)
      : tls
        ? new https.Agent(agentOptions)
        : new http.Agent(agentOptions);
  const modem = createModem(endpoint, agent);

  function dial(request: DialRequest, hijack: boolean): Promise<IncomingMessage | Duplex> {
    const { version, method, path, query, body, headers, signal } = request;
    return new Promise((resolve, reject) => {
      const hasQuery = Object.keys(query).length > 0;
      // Read by dial before it returns, so calls of different versions do not mix.
      modem.version = version ?? undefined;
      modem.dial(
        {
          // The modem appends the query only to a path that has a question mark.
          path: hasQuery ? `${path}?` : path,
          method,
          headers: { ...headers },
          options: { _query: query, _body: {} },
          // `file` is the modem's way to send bytes as they are.
          ...(body === null ? {} : { file: typeof body === "string" ? Buffer.from(body) : body }),
          ...(hijack && { hijack }),
          isStream: true,
          statusCodes: everyStatus,
          abortSignal: signal,
        },
        (error, answer) => (error ? reject(error) : resolve(answer)),
      );
    });
  }

  return {
    request: async (request) => (await dial(request, false)) as IncomingMessage,
    async upgrade(request) {
      const got = await dial(request, true);
      return got instanceof IncomingMessage ? { socket: null, answer: got } : { socket: got, answer: null };
    },
    close: () => agent.destroy(),
  };
}

/** Connections that are streams of an agent's tunnel. */
class TunnelAgent extends http.Agent {
  private readonly open: () => Promise<Duplex>;

  constructor(open: () => Promise<Duplex>, options: http.AgentOptions) {
    super(options);
    this.open = open;
  }

  override createConnection(
    _options: object,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    this.open().then(
      (stream) => callback?.(null, stream),
      // Node reads the stream only where there is no error.
      (error: Error) => callback?.(error, undefined as unknown as Duplex),
    );
  }
}

function createModem(endpoint: Endpoint, agent: http.Agent): Modem {
  // The modem mixes DOCKER_HOST and its certificates into every client it makes; this engine is the one we were
  // given. Its constructor is synchronous, so nobody else sees the variable missing.
  const { DOCKER_HOST } = process.env;
  delete process.env.DOCKER_HOST;
  try {
    const options: Docker.DockerOptions & { agent: http.Agent } = {
      ...modemTarget(endpoint),
      agent,
      timeout: 0,
    };
    return withoutReports(new Docker(options).modem as unknown as Modem);
  } finally {
    if (DOCKER_HOST !== undefined) process.env.DOCKER_HOST = DOCKER_HOST;
  }
}

/**
 * The modem writes out every request for its debug log, also when nobody reads one: with the agent, all its sockets and
 * what hangs on them. That was three quarters of the server's work under churn, so a request says of itself that it is one.
 */
function withoutReports(modem: Modem): Modem {
  const build = modem.buildRequest;
  modem.buildRequest = (options, ...rest) => {
    Object.defineProperty(options, inspect.custom, { value: () => "request" });
    build.call(modem, options, ...rest);
  };
  return modem;
}

function modemTarget(endpoint: Endpoint): Docker.DockerOptions {
  if (endpoint.kind === "unix") return { socketPath: endpoint.path, protocol: "http" };
  // The agent makes the connection; a path keeps the modem from parsing a URL.
  if (endpoint.kind === "tunnel") return { socketPath: "/agent", protocol: "http" };
  const { host, port, tls } = endpoint;
  return { host, port, protocol: tls ? "https" : "http", ...(tls ?? {}) };
}
