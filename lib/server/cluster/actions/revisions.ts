import type { Revision, RevisionHead } from "#lib/server/db/revisions.ts";
import { textOf } from "#lib/server/docker/hostile.ts";
import { sameSpec } from "#lib/server/docker/same-spec.ts";
import type { WireServiceSpec } from "#lib/server/docker/wire.ts";
import type { RevisionDetail, RevisionDiff, RevisionList, RevisionView } from "#lib/shared/api/history.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { jsonAt, withJsonAt } from "#lib/shared/lossless-json.ts";
import { changeFacts } from "../history/change-facts.ts";
import type { ActionContext } from "./context.ts";
import { findService } from "./object-ref.ts";
import { specChanges } from "./spec-diff.ts";
import { specInWords } from "./spec-words.ts";

type Kept = Revision & RevisionHead;

/** The specifications of one service that are kept, newest first, and the service as the engine has it now. */
export interface ServiceRevisions {
  readonly id: string;
  readonly name: string;
  /** The engine's text of the present Spec. */
  readonly spec: string;
  /** The engine's own previous specification; null when it has none. */
  readonly previous: string | null;
  readonly kept: readonly Kept[];
}

/** Reads what is kept of a service. Throws not_found. */
export async function readRevisions(ctx: ActionContext, ref: string): Promise<ServiceRevisions> {
  const found = await findService(ctx, ref);
  const spec = jsonAt(found.text, ["Spec"]) ?? "null";
  const previous = jsonAt(found.text, ["PreviousSpec"]);
  const table = ctx.history?.revisions;
  const heads = table?.list(ctx.clusterId, "service", found.id) ?? [];
  const kept = heads.flatMap(({ id }) => {
    const revision = table?.byId(id);
    return revision && revision.specAfter !== "null" ? [revision] : [];
  });
  const hasPrevious = previous !== null && previous !== "null" && previous !== "{}";
  return { id: found.id, name: found.name, spec, previous: hasPrevious ? previous : null, kept };
}

/** The specification of a revision; 0 is the oldest that is kept. Throws not_found. */
export function specOfRevision(service: ServiceRevisions, revision: number): string {
  const oldest = service.kept.at(-1);
  if (revision === 0) return (oldest && firstSpec(oldest)) ?? service.spec;
  const found = service.kept.find(({ id }) => id === revision);
  if (!found) {
    throw new AppError("not_found", t("history.error.noRevision", { name: service.name, n: revision }));
  }
  return found.specAfter;
}

/** The oldest specification that is known: a service that was made here had none before. */
function firstSpec({ specBefore, specAfter }: Kept): string {
  return specBefore === "null" ? specAfter : specBefore;
}

/** The revision that the service has now: the newest whose specification is the present one; null when none is. */
export function currentRevision(service: ServiceRevisions): number | null {
  const found = service.kept.find(({ specAfter }) => sameSpec(specAfter, service.spec));
  if (found) return found.id;
  return sameSpec(specOfRevision(service, 0), service.spec) ? 0 : null;
}

/** Every specification a service had, with what each change was about. */
export async function listRevisions(ctx: ActionContext, ref: string): Promise<RevisionList> {
  const service = await readRevisions(ctx, ref);
  const names = await networkNames(ctx, [
    service.spec,
    ...(service.previous === null ? [] : [service.previous]),
    ...service.kept.flatMap(({ specBefore, specAfter }) => [specBefore, specAfter]),
  ]);
  const current = currentRevision(service);
  const items = service.kept.map((kept) => viewOf(kept, current, names));
  const oldest: RevisionView = {
    id: 0, at: null, userName: null, via: null, action: "first", confirmed: true, changes: [], current: current === 0,
  }; // biome-ignore format: short
  const { previous } = service;
  return {
    items: service.kept.at(-1)?.specBefore === "null" ? items : [...items, oldest],
    previous: previous === null ? null : previousView(service, previous, names),
    unknownNow: current === null,
  };
}

function previousView(service: ServiceRevisions, previous: string, names: ReadonlyMap<string, string>) {
  const same = service.kept.find(({ specAfter }) => sameSpec(specAfter, previous))?.id;
  const sameAs = same ?? (sameSpec(specOfRevision(service, 0), previous) ? 0 : null);
  return { changes: specChanges(service.spec, previous, names), sameAs };
}

function viewOf(kept: Kept, current: number | null, names: ReadonlyMap<string, string>): RevisionView {
  return {
    id: kept.id,
    at: kept.at,
    userName: kept.userName || null,
    via: kept.via,
    action: kept.action,
    confirmed: kept.confirmed === 1,
    changes: kept.specBefore === "null" ? [] : specChanges(kept.specBefore, kept.specAfter, names),
    current: kept.id === current,
  };
}

/** One revision with its specification in words. Values of the environment are not in it. */
export async function revisionDetail(
  ctx: ActionContext,
  ref: string,
  revision: number,
): Promise<RevisionDetail> {
  const service = await readRevisions(ctx, ref);
  const spec = specOfRevision(service, revision);
  const names = await networkNames(ctx, [spec]);
  const kept = service.kept.find(({ id }) => id === revision);
  const current = currentRevision(service);
  const view: RevisionView = kept
    ? viewOf(kept, current, names)
    : { id: 0, at: null, userName: null, via: null, action: "first", confirmed: true, changes: [], current: current === 0 }; // biome-ignore format: short
  return { ...view, spec: specInWords(JSON.parse(spec) as WireServiceSpec, names) };
}

/** The engine's exact text of a revision's specification. */
export async function revisionRaw(ctx: ActionContext, ref: string, revision: number): Promise<string> {
  return specOfRevision(await readRevisions(ctx, ref), revision);
}

/** What is different between two revisions, in words. */
export async function revisionDiff(
  ctx: ActionContext,
  ref: string,
  from: number,
  to: number,
): Promise<RevisionDiff> {
  const service = await readRevisions(ctx, ref);
  const [a, b] = [specOfRevision(service, from), specOfRevision(service, to)];
  const changes = specChanges(a, b, await networkNames(ctx, [a, b]));
  return { from, to, changes, change: changeFacts(a, rollbackSpec(b, a)) };
}

/**
 * The text to post for a rollback: the kept specification, byte for byte, with the present restart counter, because a
 * counter that goes back would replace tasks that run the very same.
 */
export function rollbackSpec(kept: string, present: string): string {
  const counter = ["TaskTemplate", "ForceUpdate"];
  const now = jsonAt(present, counter);
  return jsonAt(kept, counter) === now ? kept : withJsonAt(kept, counter, now);
}

/** Names for the networks these specifications name by id; ids stay where the engine does not say. One call at most. */
async function networkNames(
  ctx: ActionContext,
  specs: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set<string>();
  for (const text of specs) {
    const networks = (JSON.parse(text) as WireServiceSpec | null)?.TaskTemplate?.Networks;
    for (const network of Array.isArray(networks) ? networks : []) ids.add(textOf(network?.Target));
  }
  ids.delete("");
  if (ids.size === 0) return new Map();
  try {
    const query = { filters: { id: [...ids] } };
    const found = await ctx.manager().get<readonly { Id?: string; Name?: string }[]>("/networks", { query });
    return new Map(found.map(({ Id, Name }) => [textOf(Id), textOf(Name)]));
  } catch {
    return new Map();
  }
}
