import { createHash } from "node:crypto";
import type { PartKind } from "#lib/shared/stacks/types.ts";
import { type CliWrites, namesIn, routeCliCall } from "./cli-calls.ts";
import type { CliAnswer, CliRequest } from "./cli-exchange.ts";
import type { FileSwaps } from "./file-swaps.ts";

/** What the docker command would have sent. */
export interface Recording {
  readonly services: readonly { readonly id: string | null; readonly name: string; readonly spec: string }[];
  /** Ids of services it would have removed. */
  readonly removed: readonly string[];
  readonly parts: readonly RecordedPart[];
}

interface RecordedPart {
  readonly kind: PartKind;
  /** Null: it would have been made. */
  readonly id: string | null;
  readonly name: string;
  readonly body: string;
}

interface Named {
  readonly Name?: string;
  readonly Labels?: object;
}

/**
 * Stands for a swarm that takes every change: reads are passed on, changes are written down and answered as an engine
 * would, and what was "made" is there for the reads that follow. Nothing reaches the swarm.
 */
export function createRecorder(
  read: (request: CliRequest) => Promise<CliAnswer>,
  swaps: Pick<FileSwaps, "through">,
) {
  const services: { id: string | null; name: string; spec: string }[] = [];
  const removed: string[] = [];
  const parts: (RecordedPart & { readonly madeId: string })[] = [];
  const made = (key: "ID" | "Id", id: string): CliAnswer => ({
    status: 201,
    body: JSON.stringify({ [key]: id }),
  });
  const note = (kind: PartKind, id: string | null, body: string): string => {
    const madeId = id ?? inventedId(kind, nameIn(body));
    parts.push({ kind, id, madeId, name: nameIn(body), body });
    return madeId;
  };
  const writes: CliWrites = {
    createNetwork: async (body) => made("Id", note("network", null, body)),
    createPart: async (kind, body) => made("ID", note(kind, null, body)),
    updatePart: async (kind, id, body) => {
      note(kind, id, body);
      return { status: 200, body: "" };
    },
    createService: async (spec) => {
      services.push({ id: null, name: nameIn(spec), spec });
      return made("ID", inventedId("service", nameIn(spec)));
    },
    updateService: async (id, spec) => {
      services.push({ id, name: nameIn(spec), spec });
      return { status: 200, body: '{"Warnings":null}' };
    },
    removeService: async (id) => {
      removed.push(id);
      return { status: 200, body: "" };
    },
  };
  /** Lists of secrets and configs also have those that were made in this run: services refer to them by id. */
  const readWithMade = async (request: CliRequest): Promise<CliAnswer> => {
    const answer = await read(request);
    const [, list] = /^\/(secrets|configs)$/.exec(request.path) ?? [];
    if (list === undefined || answer.status !== 200) return answer;
    const kind = list === "secrets" ? "secret" : "config";
    const wanted = namesIn(request.query.get("filters"));
    const extra = parts.filter((part) => part.kind === kind && part.id === null && wanted.has(part.name));
    const items = [...(JSON.parse(answer.body) as unknown[]), ...extra.map(asListed)];
    return { status: 200, body: JSON.stringify(items) };
  };
  const through = swaps.through({ read: readWithMade, writes });
  return {
    handle: (request: CliRequest) => routeCliCall(request, through.read, through.writes),
    recording: (): Recording => ({ services, removed, parts }),
  };
}

function asListed({ madeId, body }: { readonly madeId: string; readonly body: string }) {
  const { Name, Labels } = JSON.parse(body) as Named;
  const at = new Date().toISOString();
  return { ID: madeId, Version: { Index: 1 }, CreatedAt: at, UpdatedAt: at, Spec: { Name, Labels } };
}

/** The name in the body of a create or an update. */
export function nameIn(body: string): string {
  return String((JSON.parse(body) as Named).Name ?? "");
}

/** As swarm's own: 25 letters and digits. The same for the same thing, so that two plans of one file are the same. */
function inventedId(kind: string, name: string): string {
  const letters = "abcdefghijklmnopqrstuvwxyz0123456789";
  const bytes = createHash("sha256").update(`${kind} ${name}`).digest().subarray(0, 25);
  return [...bytes].map((byte) => letters[byte % 36]).join("");
}
