import type { SimFile } from "../world/objects.ts";
import type { World } from "../world/world.ts";
import { anyOf, hasLabels, parseFilters } from "./filters.ts";
import { invalidArgument, outOfSequence, parseBody, Refusal, versionOf } from "./refusal.ts";
import type { Answer, Call, Route } from "./route.ts";
import { fileJson } from "./swarm-json.ts";

type Kind = SimFile["kind"];

const mostBytes: Record<Kind, number> = { secret: 512_000, config: 1_024_000 };

interface FileSpec {
  readonly Name?: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly Data?: string;
}

const ofKind = (world: World, kind: Kind) => [...world.files.values()].filter((file) => file.kind === kind);

function fileOf(world: World, kind: Kind, ref: string): SimFile {
  const files = ofKind(world, kind);
  const found =
    files.find(({ id }) => id === ref) ??
    files.find(({ spec }) => spec.Name === ref) ??
    files.find(({ id }) => id.startsWith(ref));
  if (!found) throw new Refusal(404, `${kind} ${ref} not found`);
  return found;
}

function parseSpec(body: string): FileSpec {
  const spec = parseBody<FileSpec>(body);
  if (spec.Data !== undefined && !/^[A-Za-z0-9+/]*={0,2}$/.test(spec.Data)) {
    throw new Refusal(400, `illegal base64 data at input byte ${spec.Data.search(/[^A-Za-z0-9+/]/)}`);
  }
  return spec;
}

function create(kind: Kind, { world, body }: Call): Answer {
  const spec = parseSpec(body);
  const { Name = "", Data = "" } = spec;
  if (Name === "") throw invalidArgument("name must be provided");
  if (Name.length > 64 || !/^[a-zA-Z0-9]+(?:[a-zA-Z0-9-_.]*[a-zA-Z0-9])?$/.test(Name)) {
    throw invalidArgument(
      "invalid name, only 64 [a-zA-Z0-9-_.] characters allowed, and the start and end character must be [a-zA-Z0-9]",
    );
  }
  const size = Buffer.byteLength(Data, "base64");
  if (size === 0 || size >= mostBytes[kind]) {
    throw invalidArgument(`${kind} data must be larger than 0 and less than ${mostBytes[kind]} bytes`);
  }
  if (ofKind(world, kind).some((file) => file.spec.Name === Name)) {
    throw new Refusal(409, `rpc error: code = AlreadyExists desc = ${kind} ${Name} already exists`);
  }
  const { Data: _, ...kept } = spec;
  const file = world.addFile(
    kind,
    { ...kept, Name, Labels: spec.Labels ?? {} },
    kind === "secret" ? "" : Data,
  );
  return { json: { ID: file.id }, status: 201 };
}

function update(kind: Kind, { world, ref, query, body }: Call): Answer {
  const spec = parseSpec(body);
  const version = versionOf(query, kind);
  const file = fileOf(world, kind, ref);
  // A secret's text is nowhere here: that it is sent again is taken for a change.
  const isOther = spec.Data !== undefined && spec.Data !== file.data;
  if (version !== file.index) throw outOfSequence();
  if (isOther || (spec.Name ?? file.spec.Name) !== file.spec.Name)
    throw invalidArgument("only updates to Labels are allowed");
  file.spec = { ...file.spec, Labels: spec.Labels ?? {} };
  world.touch(file);
  world.emit(kind, "update", file.id, { name: file.spec.Name });
  return null;
}

function remove(kind: Kind, { world, ref }: Call): Answer {
  const file = fileOf(world, kind, ref);
  const users = [...world.services.values()].filter(({ spec }) => {
    const { Secrets = [], Configs = [] } = spec.TaskTemplate.ContainerSpec ?? {};
    return (
      Secrets.some(({ SecretID }) => SecretID === file.id) ||
      Configs.some(({ ConfigID }) => ConfigID === file.id)
    );
  });
  if (users.length > 0) {
    const names = users.map(({ spec }) => spec.Name).join(", ");
    throw invalidArgument(
      `${kind} '${file.spec.Name}' is in use by the following service${users.length > 1 ? "s" : ""}: ${names}`,
    );
  }
  world.files.delete(file.id);
  world.emit(kind, "remove", file.id, { name: file.spec.Name });
  return { status: 204 };
}

function list(kind: Kind, { world, query }: Call): Answer {
  const filters = parseFilters(query.get("filters"), ["names", "name", "id", "label"]);
  const found = ofKind(world, kind).filter(
    ({ id, spec }) =>
      anyOf(filters.id, (wanted) => id.startsWith(wanted)) &&
      anyOf(filters.name, (wanted) => spec.Name.startsWith(wanted)) &&
      anyOf(filters.names, (wanted) => spec.Name === wanted) &&
      hasLabels(spec.Labels, filters.label),
  );
  return { json: found.map(fileJson) };
}

function routesOf(kind: Kind): readonly Route[] {
  const path = `/${kind}s`;
  return [
    { method: "GET", path, isSwarm: true, handle: (call) => list(kind, call) },
    { method: "POST", path: `${path}/create`, isSwarm: true, handle: (call) => create(kind, call) },
    {
      method: "GET",
      path: `${path}/{ref}`,
      isSwarm: true,
      handle: ({ world, ref }) => ({ json: fileJson(fileOf(world, kind, ref)) }),
    },
    { method: "POST", path: `${path}/{ref}/update`, isSwarm: true, handle: (call) => update(kind, call) },
    { method: "DELETE", path: `${path}/{ref}`, isSwarm: true, handle: (call) => remove(kind, call) },
  ];
}

export const fileRoutes: readonly Route[] = [...routesOf("secret"), ...routesOf("config")];
