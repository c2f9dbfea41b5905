import { type IncomingMessage, Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";
import { askEngine, readEngine, readText } from "./ask-engine.ts";
import { judgeBody } from "./judge-body.ts";
import { hasBody, judgeHead, pathOf, Refusal, refusal } from "./judge-head.ts";
import { MaskJson } from "./mask-json.ts";
import { formatTarget } from "./request-target.ts";
import type { Rule } from "./rules.ts";
import type { ScopeOptions } from "./types.ts";

/** Most bytes of a request's head. */
const longestHead = 16 * 1024;
/** Most bytes of a request's body: swarm itself takes no specification beyond 4 MB. */
const longestBody = 4 * 1024 * 1024;
/** How long a request may take to arrive, from its first byte on. */
const arrivalMs = 60_000;
/** How long the other side has to take in a refusal and stop sending. */
const farewellMs = 5_000;

/** What of an engine's answer is passed on. The rest belongs to the connection, which is not this one. */
const answerHeaders = [
  ...["content-type", "api-version", "builder-version", "docker-experimental", "ostype", "server", "swarm"],
  ...["cache-control", "pragma", "warning"],
];

/**
 * Speaks HTTP with the server on one stream, and asks the engine, each time anew and in its own words, for what the
 * scope allows. One request at a time; whatever is not plain HTTP/1.1 ends the stream.
 */
export class DockerFilter {
  private readonly stream: Duplex;
  private readonly options: ScopeOptions;
  private readonly server: Server;
  /** From a request's head until its answer is complete. */
  private busy = false;
  /** Nothing of this stream is taken any more. */
  private over = false;
  private arriving: NodeJS.Timeout | null = null;

  constructor(stream: Duplex, options: ScopeOptions) {
    this.stream = stream;
    this.options = options;
    this.server = new Server({ insecureHTTPParser: false, maxHeaderSize: longestHead, keepAliveTimeout: 0 });
    this.server.on("request", (request, response) => this.take(request, response, false));
    this.server.on("checkContinue", (request, response) => this.take(request, response, true));
    this.server.on("checkExpectation", (request, response) => this.take(request, response, false));
    // Without a listener Node would close in silence. Upgrades come as requests, and are refused there.
    this.server.on("connect", (request) => this.end(403, refusal(this.options.scope, request, null).message));
    this.server.on("clientError", (error) =>
      this.end(400, `the request is not plain HTTP/1.1: ${error.message}`),
    );
  }

  start(): void {
    // The end of the server's side is the end of whatever it had asked for.
    this.stream.on("end", () => this.stream.destroy());
    this.stream.on("close", () => this.arrived());
    this.stream.on("error", (error) =>
      this.options.log.debug({ err: error }, "a stream of the server broke"),
    );
    this.server.emit("connection", this.stream);
    // After the parser has seen it: what is not the end of a request is the beginning of one.
    this.stream.on("data", () => {
      if (!this.busy) this.limitArrival();
    });
  }

  private take(request: IncomingMessage, response: ServerResponse, expects: boolean): void {
    this.arrived();
    if (this.busy || this.over) {
      this.note("a request behind another that is not answered yet", request);
      this.stream.destroy();
      return;
    }
    this.busy = true;
    this.serve(request, response, expects).catch((error: unknown) => this.fail(request, response, error));
  }

  private async serve(request: IncomingMessage, response: ServerResponse, expects: boolean): Promise<void> {
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    const { rule, target } = judgeHead(this.options.scope, request);
    const read = (path: string) => readEngine(this.options.connect, path, gone.signal);
    const posted = await this.bodyOf(request, response, rule, expects);
    let body: string | null = null;
    if (rule.body) {
      const judged = await judgeBody(rule.body, target, posted, read);
      if ("why" in judged) throw refusal(this.options.scope, request, judged.why);
      if ("status" in judged) throw new Refusal(judged.status, judged.message);
      body = judged.body;
    }
    const asked = {
      method: rule.method,
      target: formatTarget(target),
      headers: headersOf(request, rule),
      body,
    };
    await this.answer(response, rule, await askEngine(this.options.connect, asked, gone.signal));
  }

  /** The text of the body. Clients send empty documents where nothing is asked for; more than that is refused. */
  private async bodyOf(
    request: IncomingMessage,
    response: ServerResponse,
    rule: Rule,
    expects: boolean,
  ): Promise<string> {
    if (!hasBody(request)) return "";
    if (Number(request.headers["content-length"] ?? 0) > longestBody) {
      throw new Refusal(413, `the body is longer than ${longestBody / 1024 / 1024} MB`);
    }
    if (expects) response.writeContinue();
    this.limitArrival();
    const text = await readJson(request);
    this.arrived();
    if (!rule.body && !/^\s*(\{\s*\}|null)?\s*$/.test(text)) {
      throw refusal(this.options.scope, request, "it has a body");
    }
    return text;
  }

  /** Passes the engine's answer on, at the pace of the reader, and each piece at once. */
  private async answer(response: ServerResponse, rule: Rule, answer: IncomingMessage): Promise<void> {
    const status = answer.statusCode ?? 502;
    const mask = this.options.scope === "read" && status < 400 ? rule.mask : undefined;
    const known = answer.headers["content-encoding"] === undefined && status >= 200;
    const json = /^application\/json\b/.test(answer.headers["content-type"] ?? "");
    if (!known || (mask && !json)) {
      answer.destroy();
      throw new Refusal(502, "the engine answers in a way the agent does not understand");
    }
    for (const name of answerHeaders) {
      const value = answer.headers[name];
      if (value !== undefined) response.setHeader(name, value);
    }
    response.statusCode = status;
    // Without its length the answer is complete for the reader only when it is for us: then the next request may come.
    const empty = rule.method === "HEAD" || status === 204 || status === 304;
    if (!empty) response.flushHeaders();
    answer.once("end", () => {
      if (!mask) this.busy = false;
    });
    if (mask) {
      const masked = new MaskJson(mask);
      masked.once("end", () => {
        this.busy = false;
      });
      await pipeline(answer, masked, response);
    } else await pipeline(answer, response);
  }

  private fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    if (response.headersSent || response.destroyed) {
      // One of the two sides went away. Half an answer must not look like a whole one.
      this.options.log.debug({ err: error, path: pathOf(request) }, "an answer of the engine broke off");
      this.stream.destroy();
    } else if (error instanceof Refusal) {
      this.refuse(request, response, error.status, error.message);
    } else {
      this.options.log.warn({ err: error, path: pathOf(request) }, "the engine cannot be asked");
      this.refuse(request, response, 502, `the agent cannot reach its engine: ${reasonOf(error)}`);
    }
  }

  private refuse(request: IncomingMessage, response: ServerResponse, status: number, message: string): void {
    this.note(message, request);
    if (!request.complete && hasBody(request)) {
      // Read and forgotten: a client that is still sending would see a broken connection and not the sentence.
      this.limitArrival();
      request.once("end", () => this.arrived());
    }
    request.resume();
    this.busy = false;
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(bodyOfError(message));
  }

  /** Ends the stream with an answer where there is no request to answer. */
  private end(status: number, message: string): void {
    if (this.over || this.busy || !this.stream.writable) {
      this.stream.destroy();
      return;
    }
    this.options.log.warn({ scope: this.options.scope }, `refused: ${message}`);
    this.leave();
    const body = bodyOfError(message);
    this.stream.end(
      `HTTP/1.1 ${status} ${status === 403 ? "Forbidden" : "Bad Request"}\r\nContent-Type: application/json\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    );
  }

  private leave(): void {
    this.over = true;
    const timer = setTimeout(() => this.stream.destroy(), farewellMs).unref();
    this.stream.once("close", () => clearTimeout(timer));
  }

  private limitArrival(): void {
    this.arriving ??= setTimeout(() => this.stream.destroy(), arrivalMs).unref();
  }

  private arrived(): void {
    if (this.arriving) clearTimeout(this.arriving);
    this.arriving = null;
  }

  private note(message: string, request: IncomingMessage): void {
    this.options.log.warn({ scope: this.options.scope, path: pathOf(request) }, `refused: ${message}`);
  }
}

/** Credentials for a registry are the only header of a request that means something to the engine. */
function headersOf({ headers }: IncomingMessage, rule: Rule): Record<string, string> {
  const credentials = rule.credentials ? headers["x-registry-auth"] : undefined;
  const valid = typeof credentials === "string" && /^[A-Za-z0-9+/_=-]+$/.test(credentials);
  return {
    ...(rule.body && { "Content-Type": "application/json" }),
    ...(valid && { "X-Registry-Auth": credentials }),
  };
}

/** The system's word where there is one: its sentence names paths of the node. */
function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
}

/** The text of a body that is empty or JSON. */
async function readJson(request: IncomingMessage): Promise<string> {
  try {
    const text = await readText(request, longestBody);
    if (text.trim() !== "") JSON.parse(text);
    return text;
  } catch (error) {
    throw new Refusal(400, `the body cannot be read: ${(error as Error).message}`);
  }
}

function bodyOfError(message: string): string {
  return `${JSON.stringify({ message })}\n`;
}
