import { createHash } from "node:crypto";
import type { WireContainer } from "#lib/server/docker/wire.ts";
import { type PrivateAnswer, type PrivateRequest, refusal } from "../docker-cli/private-socket.ts";
import { labelOf } from "./judge.ts";
import { composeLabels } from "./labels.ts";

/** A container as compose would have made it. */
export interface RecordedContainer {
  readonly service: string;
  readonly name: string;
  /** Id of the one it replaces; null: there is none. */
  readonly replaces: string | null;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What compose would have done. */
export interface Recording {
  readonly made: readonly RecordedContainer[];
  /** Ids of containers it would have removed, replaced ones among them. */
  readonly removed: readonly string[];
  readonly pulls: readonly string[];
  readonly networks: readonly string[];
  readonly volumes: readonly string[];
  /** What would have been refused. */
  readonly refused: readonly { readonly service: string; readonly why: string }[];
  /** Containers of the project that are there. */
  readonly present: readonly WireContainer[];
}

export interface RecorderOptions {
  readonly project: string;
  readonly read: (request: PrivateRequest) => Promise<PrivateAnswer>;
  readonly judgeContainer: (body: unknown) => Promise<string | null>;
  readonly judgePart: (path: string, body: unknown) => string | null;
}

/**
 * Stands for an engine that takes every change: reads are passed on, changes are written down and answered as an
 * engine would. Nothing reaches the engine. `docker compose create` run against it is the plan of an `up`.
 */
export function createRecorder(options: RecorderOptions) {
  const recorder = new Recorder(options);
  return {
    handle: (request: PrivateRequest) => recorder.answer(request),
    recording: () => recorder.recording(),
  };
}

class Recorder {
  private readonly made = new Map<string, RecordedContainer>();
  private readonly removed: string[] = [];
  private readonly pulls: string[] = [];
  private readonly parts = new Map<
    string,
    { readonly kind: string; readonly name: string; readonly body: object }
  >();
  private readonly refused: { service: string; why: string }[] = [];
  private readonly present = new Map<string, WireContainer>();
  private readonly options: RecorderOptions;

  constructor(options: RecorderOptions) {
    this.options = options;
  }

  recording(): Recording {
    const named = (wanted: string) =>
      // Each is there by its name and by its id.
      [...new Set([...this.parts.values()].flatMap(({ kind, name }) => (kind === wanted ? [name] : [])))];
    return {
      made: [...this.made.values()],
      removed: this.removed,
      pulls: this.pulls,
      networks: named("networks"),
      volumes: named("volumes"),
      refused: this.refused,
      present: [...this.present.values()],
    };
  }

  async answer(request: PrivateRequest): Promise<PrivateAnswer> {
    const { method, path } = request;
    if (method === "GET" || method === "HEAD") return this.read(request);
    if (method === "POST" && path === "/images/create") return this.pull(request.query);
    if (method === "POST" && path === "/containers/create") return this.create(request);
    if (method === "POST" && (path === "/networks/create" || path === "/volumes/create"))
      return this.part(request);
    const removed = /^\/containers\/([^/]+)$/.exec(path)?.[1];
    if (method === "DELETE" && removed !== undefined) this.removed.push(removed);
    else if (
      !/^\/(containers\/[^/]+\/(stop|kill|rename|archive|start|restart)|networks\/[^/]+\/(connect|disconnect))$/.test(
        path,
      )
    )
      return refusal(403, `${method} ${path} is nothing that a plan does`);
    return method === "PUT" || path.endsWith("connect")
      ? { status: 200, body: "" }
      : { status: 204, body: "" };
  }

  private async read(request: PrivateRequest): Promise<PrivateAnswer> {
    const { path } = request;
    const [, kind = "", ref = ""] =
      /^\/(containers|networks|volumes|images)\/(.+?)(?:\/json)?$/.exec(path) ?? [];
    const container = kind === "containers" ? this.made.get(ref) : undefined;
    if (container) return json(200, asInspected(ref, container));
    const part = this.parts.get(`${kind} ${ref}`);
    if (part) return json(200, part.body);
    const answer = await this.options.read(request);
    if (kind === "images" && this.pulls.includes(ref)) return json(200, imageOf(ref));
    if (path === "/containers/json" && answer.status === 200) this.listed(answer);
    return answer;
  }

  private listed({ body }: PrivateAnswer): void {
    if (typeof body !== "string") return;
    for (const row of JSON.parse(body) as readonly WireContainer[]) {
      if (row.Id !== undefined && row.Labels?.[composeLabels.project] === this.options.project)
        this.present.set(row.Id, row);
    }
  }

  private pull(query: URLSearchParams): PrivateAnswer {
    const [image = "", tag = ""] = [query.get("fromImage") ?? "", query.get("tag") ?? ""];
    const name = tag === "" ? image : `${image}${tag.includes(":") ? "@" : ":"}${tag}`;
    if (!this.pulls.includes(name)) this.pulls.push(name);
    return { status: 200, body: "" };
  }

  private async create({ body, query }: PrivateRequest): Promise<PrivateAnswer> {
    const value = JSON.parse(body.toString("utf8")) as Record<string, unknown>;
    const service = labelOf(value, composeLabels.service) ?? "";
    const why = await this.options.judgeContainer(value);
    if (why !== null) this.refused.push({ service, why });
    const id = inventedId(`container ${query.get("name") ?? ""} ${this.made.size}`);
    const name = query.get("name") ?? "";
    this.made.set(id, { service, name, replaces: replacedBy(value, this.present), body: value });
    return json(201, { Id: id, Warnings: [] });
  }

  private part({ path, body }: PrivateRequest): PrivateAnswer {
    const value = JSON.parse(body.toString("utf8")) as { Name?: string };
    const [name, kind] = [value.Name ?? "", path.split("/")[1] ?? ""];
    const why = this.options.judgePart(path, value);
    if (why !== null) this.refused.push({ service: "", why });
    const id = inventedId(`${kind} ${name}`);
    const made = { ...value, Id: id, Scope: "local", Mountpoint: "", Containers: {} };
    for (const key of [name, id]) this.parts.set(`${kind} ${key}`, { kind, name, body: made });
    return json(201, kind === "networks" ? { Id: id } : made);
  }
}

/** Compose 2 names the container it replaces by id in newer versions, by name in older ones. */
function replacedBy(body: unknown, present: ReadonlyMap<string, WireContainer>): string | null {
  const said = labelOf(body, composeLabels.replace);
  if (said === null) return null;
  const found = [...present.values()].find(
    ({ Id, Names }) => Id === said || Names?.some((name) => name.replace(/^\//, "") === said),
  );
  return found?.Id ?? said;
}

function asInspected(id: string, { name, body }: RecordedContainer): object {
  const { HostConfig, NetworkingConfig, ...config } = body as {
    HostConfig?: object;
    NetworkingConfig?: { EndpointsConfig?: object };
  };
  return {
    Id: id, Name: `/${name}`, Created: new Date().toISOString(), Image: "", Path: "", Args: [],
    State: { Status: "created", Running: false }, Config: config, HostConfig: HostConfig ?? {}, Mounts: [],
    NetworkSettings: { Networks: NetworkingConfig?.EndpointsConfig ?? {} },
  }; // biome-ignore format: short
}

function imageOf(name: string): object {
  return { Id: `sha256:${inventedId(name)}`, RepoTags: [name], RepoDigests: [], Config: {}, Os: "linux" };
}

function json(status: number, value: object): PrivateAnswer {
  return { status, body: JSON.stringify(value) };
}

/** The same for the same thing, so that two plans of one file are the same. */
function inventedId(what: string): string {
  return createHash("sha256").update(what).digest("hex");
}
