import type { WireContainer } from "#lib/server/docker/wire.ts";
import type { WireContainerInspect } from "#lib/server/docker/wire-container.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ActionContext } from "../cluster/actions/context.ts";
import type { LinkedNode } from "../cluster/nodes/node-engines.ts";
import { type PrivateAnswer, type PrivateRequest, refusal } from "../docker-cli/private-socket.ts";
import { refusalOf } from "../stacks/engine-reads.ts";
import type { Judge } from "./judge.ts";
import { composeLabels } from "./labels.ts";
import type { Rescue } from "./rescue.ts";

/** What compose may read; nothing else is passed on. */
const readable =
  /^\/(info|version|networks|volumes|images\/json|containers\/json|(networks|volumes)\/[\w.-]{1,255}|containers\/[\w.-]{1,255}\/json|(images|distribution)\/[\w./:@+-]{1,500}\/json)$/;

const id = "[A-Za-z0-9][\\w.-]{0,254}";
const containerCall = new RegExp(`^/containers/(${id})/(start|stop|kill|restart|rename|pause|unpause)$`);
const archiveCall = new RegExp(`^/containers/(${id})/archive$`);
const networkCall = new RegExp(`^/networks/(${id})/(connect|disconnect)$`);
const removal = new RegExp(`^/(containers|networks|volumes)/(${id})$`);

/** A container may take its time to stop, and a registry to answer, ms. */
const [writeMs, pullMs] = [10 * 60_000, 2 * 60_000];

export interface CallsOptions {
  readonly node: LinkedNode;
  readonly project: string;
  readonly judge: Judge;
  readonly registryAuth: ActionContext["registryAuth"];
  /** Keeps what is replaced; null: what is removed is gone. */
  readonly rescue: Rescue | null;
  readonly signal: AbortSignal;
}

/** Passes what compose asks of the engine on, as far as it is about its project. Never rejects. */
export function createEngineCalls(
  options: CallsOptions,
): (request: PrivateRequest) => Promise<PrivateAnswer> {
  const calls = new EngineCalls(options);
  return (request) => calls.answer(request).catch(refusalOf);
}

class EngineCalls {
  /** Containers of this project, and of no other. */
  private readonly own = new Set<string>();
  private readonly options: CallsOptions;

  constructor(options: CallsOptions) {
    this.options = options;
  }

  async answer(request: PrivateRequest): Promise<PrivateAnswer> {
    const { method, path } = request;
    if (method === "GET" || method === "HEAD") return this.read(request);
    if (method === "POST" && path === "/images/create") return this.pull(request);
    if (method === "POST" && path === "/containers/create") return this.create(request);
    if (method === "POST" && (path === "/networks/create" || path === "/volumes/create"))
      return this.createPart(request);
    const [, container, verb] = containerCall.exec(path) ?? [];
    if (method === "POST" && container !== undefined) return this.act(request, container, verb ?? "");
    const [, unpacked] = archiveCall.exec(path) ?? [];
    if (method === "PUT" && unpacked !== undefined) return this.unpack(request, unpacked);
    if (method === "POST" && networkCall.test(path)) return this.connect(request);
    const [, kind, ref] = removal.exec(path) ?? [];
    if (method === "DELETE" && ref !== undefined) return this.remove(request, kind ?? "", ref);
    return refusal(403, t("projects.refusal.call", { call: `${method} ${path}`.slice(0, 200) }));
  }

  private async read({ path, query }: PrivateRequest): Promise<PrivateAnswer> {
    const { node, rescue, project, signal } = this.options;
    if (!readable.test(path))
      return refusal(403, t("projects.refusal.call", { call: `GET ${path}`.slice(0, 200) }));
    const kept = /^\/containers\/([^/]+)\/json$/.exec(path)?.[1];
    if (kept !== undefined && rescue?.isKept(kept)) return refusal(404, `No such container: ${kept}`);
    const body = await node.engine.getText(escaped(path), {
      query: Object.fromEntries(query),
      signal,
      timeoutMs: 60_000,
    });
    if (path !== "/containers/json") return { status: 200, body };
    const rows = JSON.parse(body) as readonly WireContainer[];
    for (const { Id, Labels } of rows)
      if (Labels?.[composeLabels.project] === project) this.own.add(Id ?? "");
    if (!rows.some(({ Id }) => rescue?.isKept(Id ?? ""))) return { status: 200, body };
    // What compose has removed is not there, although it is.
    return { status: 200, body: JSON.stringify(rows.filter(({ Id }) => !rescue?.isKept(Id ?? ""))) };
  }

  private async pull({ query }: PrivateRequest): Promise<PrivateAnswer> {
    const { node, registryAuth, signal } = this.options;
    const [image, tag] = [query.get("fromImage"), query.get("tag")];
    if (image === null || query.has("fromSrc"))
      return refusal(403, t("projects.refusal.call", { call: "POST /images/create" }));
    const name = tag === null ? image : `${image}${tag.includes(":") ? "@" : ":"}${tag}`;
    // The command itself has no logins: those that Shoal keeps go with what has an image.
    const auth = registryAuth(name);
    const bytes = node.engine.stream("/images/create", {
      method: "POST",
      query: Object.fromEntries(query),
      signal,
      timeoutMs: pullMs,
      ...(auth !== null && { headers: { "X-Registry-Auth": auth } }),
    });
    // A refusal must come as one, before the first byte.
    const first = await bytes[Symbol.asyncIterator]().next();
    return { status: 200, body: from(first, bytes) };
  }

  private async create({ query, body }: PrivateRequest): Promise<PrivateAnswer> {
    const { judge, rescue } = this.options;
    const text = body.toString("utf8");
    const refused = await judge.container(JSON.parse(text));
    if (refused !== null) return refusal(403, refused);
    const answer = await this.send("POST", "/containers/create", query, text);
    const { Id = "" } = JSON.parse(answer) as { Id?: string };
    this.own.add(Id);
    rescue?.made(Id);
    return { status: 201, body: answer };
  }

  private async createPart({ path, query, body }: PrivateRequest): Promise<PrivateAnswer> {
    const text = body.toString("utf8");
    const { judge } = this.options;
    const refused =
      path === "/volumes/create" ? judge.volume(JSON.parse(text)) : judge.network(JSON.parse(text));
    return refused === null
      ? { status: 201, body: await this.send("POST", path, query, text) }
      : refusal(403, refused);
  }

  private async act(
    { path, query }: PrivateRequest,
    container: string,
    verb: string,
  ): Promise<PrivateAnswer> {
    if (!(await this.isOwn(container))) return foreign(container);
    const { rescue } = this.options;
    if (verb === "stop" || verb === "kill") await rescue?.willStop(container);
    return { status: 204, body: await this.send("POST", path, query) };
  }

  /** Contents of configs and secrets go only into what this project has made. */
  private async unpack({ path, query, body }: PrivateRequest, container: string): Promise<PrivateAnswer> {
    if (!(await this.isOwn(container))) return foreign(container);
    const { node, signal } = this.options;
    const { Readable } = await import("node:stream");
    await node.engine.send("PUT", path, {
      query: Object.fromEntries(query),
      upload: Readable.from([body]),
      headers: { "Content-Type": "application/x-tar" },
      signal,
      timeoutMs: writeMs,
    });
    return { status: 200, body: "" };
  }

  private async connect({ path, query, body }: PrivateRequest): Promise<PrivateAnswer> {
    const text = body.toString("utf8");
    const { Container = "" } = JSON.parse(text) as { Container?: string };
    if (!(await this.isOwn(Container))) return foreign(Container);
    return { status: 200, body: await this.send("POST", path, query, text) };
  }

  private async remove({ path, query }: PrivateRequest, kind: string, ref: string): Promise<PrivateAnswer> {
    const { rescue } = this.options;
    if (kind === "containers") {
      if (!(await this.isOwn(ref))) return foreign(ref);
      if (rescue) await rescue.keep(ref, Object.fromEntries(query));
      else await this.send("DELETE", path, query);
      return { status: 204, body: "" };
    }
    if (!(await this.isOwnPart(kind, ref))) return foreign(ref);
    return { status: 204, body: await this.send("DELETE", path, query) };
  }

  private send(
    method: "POST" | "DELETE",
    path: string,
    query: URLSearchParams,
    body?: string,
  ): Promise<string> {
    const { node, signal } = this.options;
    return node.engine.send(method, escaped(path), {
      query: Object.fromEntries(query),
      signal,
      timeoutMs: writeMs,
      ...(body !== undefined && body !== "" && { body }),
    });
  }

  private async isOwn(container: string): Promise<boolean> {
    if (this.own.has(container)) return true;
    const { node, project, signal } = this.options;
    const found = await node.engine.get<WireContainerInspect>(`/containers/${container}/json`, { signal });
    return found.Config?.Labels?.[composeLabels.project] === project;
  }

  private async isOwnPart(kind: string, ref: string): Promise<boolean> {
    const { node, project, signal } = this.options;
    const found = await node.engine.get<{ Labels?: Readonly<Record<string, string>> | null }>(
      `/${kind}/${ref}`,
      { signal },
    );
    return found.Labels?.[composeLabels.project] === project;
  }
}

function foreign(name: string): PrivateAnswer {
  return refusal(403, t("projects.refusal.foreign", { name: name.slice(0, 60) }));
}

/** What an address cannot hold plainly; slashes and colons of image names can. */
function escaped(path: string): string {
  return path
    .split("/")
    .map((part) => encodeURIComponent(part).replaceAll("%3A", ":").replaceAll("%40", "@"))
    .join("/");
}

async function* from(
  first: IteratorResult<Uint8Array>,
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}
