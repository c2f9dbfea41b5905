import type { PartKind } from "#lib/shared/stacks/types.ts";
import { refusal } from "../docker-cli/private-socket.ts";
import type { CliAnswer, CliRequest } from "./cli-exchange.ts";

/** What the docker command may change, service, secret and config by id. */
export interface CliWrites {
  createNetwork(body: string): Promise<CliAnswer>;
  createPart(kind: Exclude<PartKind, "network">, body: string): Promise<CliAnswer>;
  updatePart(
    kind: Exclude<PartKind, "network">,
    id: string,
    body: string,
    version: string,
  ): Promise<CliAnswer>;
  createService(body: string): Promise<CliAnswer>;
  updateService(id: string, body: string): Promise<CliAnswer>;
  removeService(id: string): Promise<CliAnswer>;
}

/** Leads a request of the docker command to where it belongs. Whatever a deploy has no business with is refused. */
export function routeCliCall(
  request: CliRequest,
  read: (request: CliRequest) => Promise<CliAnswer>,
  writes: CliWrites,
): Promise<CliAnswer> {
  const { method, path, body, query } = request;
  if (method === "GET" || method === "HEAD") return read(request);
  const [, kind = "", ref = "", verb = ""] =
    /^\/(networks|secrets|configs|services)\/([A-Za-z0-9]{1,64})(?:\/(update))?$/.exec(path) ?? [];
  if (method === "DELETE" && kind === "services" && verb === "") return writes.removeService(ref);
  if (method === "POST" && verb === "" && ref === "create") {
    if (kind === "networks") return writes.createNetwork(body);
    if (kind === "services") return writes.createService(body);
    return writes.createPart(partKind(kind), body);
  }
  if (method === "POST" && verb === "update" && kind !== "networks") {
    if (kind === "services") return writes.updateService(ref, body);
    return writes.updatePart(partKind(kind), ref, body, query.get("version") ?? "");
  }
  return Promise.resolve(refusal(403, `${method} ${path} is nothing that a deploy does`));
}

function partKind(kind: string): "secret" | "config" {
  return kind === "secrets" ? "secret" : "config";
}

/** The names a filter of the engine's API asks for, in either of its two forms. */
export function namesIn(filters: string | null): ReadonlySet<string> {
  const { name = {} } = JSON.parse(filters ?? "{}") as { name?: readonly string[] | Record<string, boolean> };
  return new Set(Array.isArray(name) ? (name as readonly string[]) : Object.keys(name));
}
