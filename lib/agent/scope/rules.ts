import type { AgentScope } from "#lib/shared/agent/scope.ts";

/** How the body of a request is judged; without one a request must have none. */
export type BodyPolicy = "serviceUpdate" | "nodeUpdate" | "volumeCreate" | "networkCreate" | "networkJoin";

/** Which values of a JSON answer the scope `read` hides. */
export type MaskName = "specs" | "configs" | "volumes" | "history";

/**
 * One kind of request that passes the filter. Whatever no rule names is refused.
 * In a path `{id}` is one segment, `{image}` one or more (an image's name has slashes of its own).
 */
export interface Rule {
  /** The least scope it needs. */
  readonly scope: Exclude<AgentScope, "exec">;
  readonly method: "GET" | "HEAD" | "POST" | "DELETE";
  readonly path: string;
  /** Query keys that may be there, each once. */
  readonly query?: readonly string[];
  /** What the value of a query key must look like; `required` ones must be there. */
  readonly values?: Readonly<Record<string, { readonly like: RegExp; readonly required?: true }>>;
  readonly body?: BodyPolicy;
  /** Credentials for a registry (X-Registry-Auth) go with it. */
  readonly credentials?: true;
  readonly mask?: MaskName;
}

const logQuery = ["details", "follow", "stdout", "stderr", "since", "until", "timestamps", "tail"];

/** Columns of `ps`. Its free arguments would also print the environment of every process (`ps e`). */
const columns =
  "args|cmd|comm|command|etime|etimes|gid|group|lstart|ni|nice|nlwp|pcpu|pid|pmem|ppid|pri|rss|start|stat|state|" +
  "stime|time|tty|uid|user|vsz|%cpu|%mem";
const psArguments = new RegExp(`^(-ef|-?aux|-e?o ?(${columns})(,(${columns}))*)$`);

const get = (path: string, more: Pick<Rule, "query" | "values" | "mask"> = {}): Rule => ({
  scope: "read",
  method: "GET",
  path,
  ...more,
});
const operate = (
  method: "GET" | "POST" | "DELETE",
  path: string,
  more: Pick<Rule, "query" | "values" | "body" | "credentials"> = {},
): Rule => ({ scope: "operate", method, path, ...more });

const reads: readonly Rule[] = [
  get("/_ping"),
  { scope: "read", method: "HEAD", path: "/_ping" },
  get("/version"),
  get("/info", { mask: "specs" }),
  get("/events", { query: ["since", "until", "filters"] }),
  get("/system/df", { query: ["type", "verbose"], mask: "volumes" }),
  get("/containers/json", { query: ["all", "limit", "size", "filters"] }),
  get("/containers/{id}/json", { query: ["size"], mask: "specs" }),
  get("/containers/{id}/top", { query: ["ps_args"], values: { ps_args: { like: psArguments } } }),
  get("/containers/{id}/changes"),
  get("/containers/{id}/logs", { query: logQuery }),
  get("/containers/{id}/stats", { query: ["stream", "one-shot"] }),
  get("/images/json", { query: ["all", "filters", "digests", "shared-size", "manifests"] }),
  get("/images/{image}/json", { query: ["manifests", "platform"], mask: "specs" }),
  get("/images/{image}/history", { query: ["platform"], mask: "history" }),
  get("/networks", { query: ["filters"] }),
  get("/networks/{id}", { query: ["verbose", "scope"] }),
  get("/volumes", { query: ["filters"], mask: "volumes" }),
  get("/volumes/{id}", { mask: "volumes" }),
  get("/nodes", { query: ["filters"] }),
  get("/nodes/{id}"),
  get("/services", { query: ["filters", "status"], mask: "specs" }),
  get("/services/{id}", { query: ["insertDefaults", "status"], mask: "specs" }),
  get("/services/{id}/logs", { query: logQuery }),
  get("/tasks", { query: ["filters"], mask: "specs" }),
  get("/tasks/{id}", { mask: "specs" }),
  get("/tasks/{id}/logs", { query: logQuery }),
  get("/secrets", { query: ["filters"], mask: "configs" }),
  get("/secrets/{id}", { mask: "configs" }),
  get("/configs", { query: ["filters"], mask: "configs" }),
  get("/configs/{id}", { mask: "configs" }),
];

const number = /^\d{1,20}$/;
const stopping = { query: ["t", "signal"] };

/**
 * No way for code into a container that has not been there. That is why an image may not be given a name either: with
 * the name of one that a service uses, it would run in its place, with its mounts and privileges.
 */
const operations: readonly Rule[] = [
  operate("POST", "/services/{id}/update", {
    query: ["version", "rollback", "registryAuthFrom"],
    values: {
      version: { like: number, required: true },
      rollback: { like: /^previous$/ },
      registryAuthFrom: { like: /^(spec|previous-spec)$/ },
    },
    body: "serviceUpdate",
    credentials: true,
  }),
  operate("POST", "/nodes/{id}/update", {
    query: ["version"],
    values: { version: { like: number, required: true } },
    body: "nodeUpdate",
  }),
  operate("POST", "/containers/{id}/start"),
  operate("POST", "/containers/{id}/stop", stopping),
  operate("POST", "/containers/{id}/restart", stopping),
  operate("POST", "/containers/{id}/kill", { query: ["signal"] }),
  operate("POST", "/containers/{id}/pause"),
  operate("POST", "/containers/{id}/unpause"),
  operate("POST", "/containers/{id}/rename", { query: ["name"] }),
  operate("DELETE", "/containers/{id}", { query: ["v", "force"] }),
  operate("POST", "/containers/prune", { query: ["filters"] }),
  operate("GET", "/distribution/{image}/json", { credentials: true }),
  operate("POST", "/images/create", {
    query: ["fromImage", "tag", "platform"],
    values: { fromImage: { like: /^[^-\s]\S*$/, required: true } },
    credentials: true,
  }),
  operate("DELETE", "/images/{image}", { query: ["force", "noprune", "platforms"] }),
  operate("POST", "/images/prune", { query: ["filters"] }),
  operate("POST", "/build/prune", {
    query: ["all", "filters", "keep-storage", "reserved-space", "max-used-space", "min-free-space"],
  }),
  operate("POST", "/volumes/create", { body: "volumeCreate" }),
  operate("DELETE", "/volumes/{id}", { query: ["force"] }),
  operate("POST", "/volumes/prune", { query: ["filters"] }),
  operate("POST", "/networks/create", { body: "networkCreate" }),
  operate("POST", "/networks/{id}/connect", { body: "networkJoin" }),
  operate("POST", "/networks/{id}/disconnect", { body: "networkJoin" }),
  operate("DELETE", "/networks/{id}"),
  operate("POST", "/networks/prune", { query: ["filters"] }),
];

/** Everything that passes with less than the full scope. docs/agent-scopes.md shows it, held by a test. */
export const rules: readonly Rule[] = [...reads, ...operations];
