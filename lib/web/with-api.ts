import "#lib/shared/i18n/pages/all.ts";
import type { z } from "zod";
import type { Caller, Runtime } from "#lib/server/runtime-types.ts";
import { roleIn } from "#lib/shared/access.ts";
import type { Operation } from "#lib/shared/api/operation.ts";
import { type OperationId, operations } from "#lib/shared/api/operations.ts";
import { AppError, isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { mayDo, type Permission, permissions, serverWide } from "#lib/shared/roles.ts";
import { isSafeMethod, isSameOrigin } from "#lib/shared/same-origin.ts";
import { getRuntime } from "./get-runtime.ts";
import { problemResponse } from "./problem-response.ts";
import { readBody, readParams, readQuery } from "./read-input.ts";
import { ownOrigin, requestFacts } from "./request-facts.ts";

type Operations = typeof operations;
type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;
type Input<Id extends OperationId, Part extends "body" | "query"> =
  Operations[Id] extends Record<Part, infer Schema extends z.ZodType> ? z.output<Schema> : undefined;

/** What a handler is given: everything checked, nothing left to ask. */
export interface ApiContext<Id extends OperationId> {
  /** Its clusters are those that the caller may see. */
  readonly runtime: Runtime;
  /** With the role in the cluster of the call. Null only for public operations. */
  readonly caller: Operations[Id]["permission"] extends "public" ? Caller | null : Caller;
  readonly address: string;
  readonly params: Readonly<Record<NamesIn<Operations[Id]["path"]>, string>>;
  readonly body: Input<Id, "body">;
  readonly query: Input<Id, "query">;
  /** Its signal also ends when the credential of a stream's reader ends. */
  readonly request: Request;
  /** Says to which object (and with which small facts, never secrets) the audit row of this call belongs. */
  audit(object: string, facts?: Readonly<Record<string, unknown>>): void;
  /** Demands a further permission that depends on the input. Throws forbidden. */
  require(permission: Permission): void;
  /** Whose credential the call carried, and in which cluster, for the audit row of an operation with its own credential. */
  actAs(caller: Caller, cluster: string): void;
}

/** A handler of Next's. A path without parameters comes without `params`, whatever Next's types say. */
export type RouteHandler = (
  request: Request,
  context: { params?: Promise<Readonly<Record<string, unknown>>> },
) => Promise<Response>;

interface Noted {
  object: string;
  facts: Readonly<Record<string, unknown>> | undefined;
}

/**
 * The one guard of the HTTP API: who are you, may you do this to this cluster, is the input valid, do it, write it
 * down. A cluster that somebody may not see is not found, exactly as one that does not exist. What the handler
 * answers becomes JSON; nothing becomes 204; a Response passes as it is. What it throws becomes problem+json.
 */
export function withApi<Id extends OperationId>(
  id: Id,
  handler: (context: ApiContext<Id>) => unknown,
): RouteHandler {
  const operation: Operation = operations[id];
  return async (request, { params }) => {
    const runtime = getRuntime();
    const call = new Call(runtime, id, operation, request, (await params) ?? {});
    try {
      const context = await call.open();
      // The types above follow from the same table as the values.
      const answer = await handler(context as ApiContext<Id>);
      call.write("ok");
      return toResponse(answer);
    } catch (error) {
      call.fail(error);
      return problemResponse(error);
    }
  };
}

/**
 * The requests of open streams, each with the one it was made from. A request passes the end of its signal on only
 * while somebody holds the request itself, and a stream holds no more than the signal.
 */
const following = new Map<Request, Request>();

/** One call on its way through the guard. */
class Call {
  private readonly facts;
  private caller: Caller | null = null;
  /** Where the call is about a cluster that its path does not name. */
  private cluster: string | null = null;
  private readonly noted: Noted;
  private entered = false;
  /** The call is about a cluster that the caller may not see: for the audit log alone. */
  private isHidden = false;
  /** Ends the audit row that the handler began; set once it has said what it is about to change. */
  private finish: ReturnType<Runtime["audit"]["begin"]> | null = null;
  private readonly runtime: Runtime;
  private readonly id: OperationId;
  private readonly operation: Operation;
  private readonly request: Request;
  private readonly values: Readonly<Record<string, unknown>>;

  constructor(
    runtime: Runtime,
    id: OperationId,
    operation: Operation,
    request: Request,
    values: Readonly<Record<string, unknown>>,
  ) {
    this.runtime = runtime;
    this.id = id;
    this.operation = operation;
    this.request = request;
    this.values = values;
    this.facts = requestFacts(request.headers);
    this.noted = { object: objectOf(operation.path, values), facts: undefined };
  }

  /** Throws unauthenticated, bad_origin, forbidden and what reading the input throws. */
  async open() {
    const { operation, request, noted } = this;
    if (!operation.ownCredential) {
      this.caller = await this.runtime.auth.authenticate(this.facts);
      this.requireOwnPage();
    }
    if (operation.permission !== "public" && !this.caller) throw unauthenticated();
    // Read first: what is judged is the same text that the handler goes by.
    const params = readParams(this.values);
    const runtime = this.enter(params.cluster ?? null);
    if (operation.permission !== "public") this.demand(operation.permission);
    const query = operation.query && readQuery(request.url, operation.query);
    const body = operation.body && (await readBody(request, operation.body, operation.bodyBytes));
    this.entered = true;
    return {
      runtime,
      caller: this.caller,
      address: this.facts.address,
      params,
      query,
      body,
      request: operation.stream ? this.endingRequest() : request,
      audit: (object: string, facts?: Readonly<Record<string, unknown>>) => {
        noted.object = object;
        noted.facts = facts;
        if (operation.audit !== undefined && !isSafeMethod(request.method))
          this.finish = runtime.audit.begin(this.entry());
      },
      require: (permission: Permission) => this.demand(permission),
      actAs: (caller: Caller, cluster: string) => {
        this.caller = caller;
        this.cluster = cluster;
      },
    };
  }

  private requireOwnPage(): void {
    const { permission } = this.operation;
    // The http layer has refused foreign pages already; this holds should a request ever come around it.
    const needsProof = !isSafeMethod(this.request.method) && this.caller?.via !== "token";
    if (needsProof && (this.caller || permission === "public")) {
      const own = isSameOrigin(this.request.headers, ownOrigin(this.request));
      if (!own) throw new AppError("bad_origin", t("errors.badOrigin"));
    }
  }

  /** From here on the caller's role is the one in the cluster, and other clusters are as hidden as they are to the caller. */
  private enter(cluster: string | null): Runtime {
    const { caller, runtime } = this;
    if (!caller) return runtime;
    this.caller = { ...caller, role: roleIn(caller.access, cluster) };
    const clusters = runtime.clusters.seenBy(caller.access);
    if (cluster !== null) {
      this.isHidden = this.caller.role === "none";
      clusters.get(cluster);
    }
    return { ...runtime, clusters };
  }

  private demand(permission: Permission): void {
    if (!this.caller) throw unauthenticated();
    const { name, access } = this.caller;
    const role = serverWide.has(permission) ? access.role : this.caller.role;
    if (mayDo(role, permission)) return;
    const needed = permissions[permission];
    const here = role === access.role ? "errors.forbidden" : "errors.forbiddenIn";
    const text = role === "none" ? "errors.forbiddenNone" : here;
    throw new AppError("forbidden", t(text, { name, role, needed, permission }), {
      details: { permission, role, needed },
    });
  }

  /** A request whose signal also ends with the reader's session or token, and when that may do something else. */
  private endingRequest(): Request {
    const ended = new AbortController();
    const mine = this.caller?.credentialId;
    const { auth } = this.runtime;
    const end = (credential: string) => credential === mine && ended.abort();
    // Whoever may do something else now asks again, and is judged anew.
    const stops = [auth.onCredentialEnd(end), auth.onAccessChange(end)];
    const stop = () => {
      for (const each of stops) each();
      following.delete(request);
    };
    this.request.signal.addEventListener("abort", stop, { once: true });
    ended.signal.addEventListener("abort", stop, { once: true });
    // Next's request is a proxy, which the Request constructor does not take; a stream is a GET without a body.
    const { url, headers, signal } = this.request;
    const request = new Request(url, { headers, signal: AbortSignal.any([signal, ended.signal]) });
    following.set(request, this.request);
    return request;
  }

  write(result: "ok" | "denied" | "failed", code?: string): void {
    if (this.operation.audit === undefined && result !== "denied") return;
    const entry = this.entry(code);
    if (this.finish) this.finish({ ...entry, result });
    else this.runtime.audit.write({ ...entry, result });
  }

  private entry(code?: string) {
    const facts = { ...this.noted.facts, ...(code === undefined ? {} : { code }) };
    return {
      action: this.operation.audit ?? this.id,
      caller: this.caller,
      address: this.facts.address,
      object: this.noted.object,
      cluster: typeof this.values.cluster === "string" ? this.values.cluster : this.cluster,
      ...(Object.keys(facts).length === 0 ? {} : { facts }),
    };
  }

  fail(error: unknown): void {
    if (!isAppError(error)) {
      const { pathname: path } = new URL(this.request.url);
      this.runtime.log.error({ err: error, operation: this.id, path }, "operation failed");
      if (this.entered) this.write("failed", "internal");
      return;
    }
    const denied = error.code === "forbidden" || error.code === "bad_origin" || this.isHidden;
    if (denied && this.caller) this.write("denied", error.code);
    else if (this.entered) this.write("failed", error.code);
  }
}

const unauthenticated = () => new AppError("unauthenticated", t("errors.unauthenticated"));

/** `service web_api` for …/services/web_api/scale, until the handler says it better. */
function objectOf(path: string, values: Readonly<Record<string, unknown>>): string {
  const kind =
    /\/([a-z-]+?)s?\/\{id\}/.exec(path)?.[1] ?? path.split("/").findLast((part) => !part.startsWith("{"));
  return typeof values.id === "string" ? `${kind} ${values.id}` : (kind ?? "");
}

function toResponse(answer: unknown): Response {
  if (answer instanceof Response) return answer;
  const headers = { "cache-control": "no-store" };
  return answer === undefined
    ? new Response(null, { status: 204, headers })
    : Response.json(answer, { headers });
}
