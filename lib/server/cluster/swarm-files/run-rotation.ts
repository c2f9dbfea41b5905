import type { WireService } from "#lib/server/docker/wire.ts";
import type { Caller } from "#lib/server/runtime-types.ts";
import type { OperationView } from "#lib/shared/api/history.ts";
import { isAppError } from "#lib/shared/errors.ts";
import { type Phrase, phrase } from "#lib/shared/i18n/phrase.ts";
import { jsonAt } from "#lib/shared/lossless-json.ts";
import type { RotationService, RotationView } from "#lib/shared/swarm-files/types.ts";
import { type Found, findService, objectPath } from "../actions/object-ref.ts";
import { patiently } from "../actions/patience.ts";
import { writeSpec } from "../actions/write-spec.ts";
import { removeFile } from "./file-writes.ts";
import { type FileContext, findFile, forgetFiles } from "./find-file.ts";
import { namesFile, replaceFile } from "./replace-file.ts";

export interface RunOptions {
  /** Keeps every step, so that a server that is killed has not lost it. */
  readonly put: (view: RotationView) => void;
  readonly signal: AbortSignal;
}

/** How often an operation is looked at, ms; that asks no engine. */
const lookMs = 300;

/**
 * Gives every service the new one, each in one rolling update and one after another: the next begins when the one before
 * runs. At the first that fails it stops; the old one stays then, and the rest still has it.
 */
export async function runRotation(
  ctx: FileContext,
  caller: Caller,
  start: RotationView,
  { put, signal }: RunOptions,
): Promise<void> {
  let view = start;
  const step = (part: Partial<RotationView>) => {
    view = { ...view, ...part };
    put(view);
  };
  const set = (id: string, part: Partial<RotationService>) => {
    const services = view.services.map((each) => (each.id === id ? { ...each, ...part } : each));
    step({ services, words: progress(services) });
  };
  const end = (state: "done" | "failed", words: Phrase) => step({ state, words, endedAt: ctx.actions.now() });

  for (const { id } of start.services) {
    set(id, { state: "running", why: null });
    const outcome = await oneService(ctx, caller, view, id, { set: (part) => set(id, part), signal });
    if (signal.aborted) return;
    set(id, outcome);
    if (outcome.state !== "completed") return end("failed", failure(view));
  }
  end("done", await ending(ctx, view));
}

type Outcome = Pick<RotationService, "state" | "has" | "why">;

async function oneService(
  ctx: FileContext,
  caller: Caller,
  { kind, from, to }: RotationView,
  id: string,
  { set, signal }: { readonly set: (part: Partial<RotationService>) => void; readonly signal: AbortSignal },
): Promise<Outcome> {
  const { actions } = ctx;
  const has = async (): Promise<RotationService["has"]> => {
    try {
      const { text } = await patiently(actions, () => findService(actions, id));
      return namesFile(jsonAt(text, ["Spec"]) ?? "{}", kind, from.id) ? "old" : "new";
    } catch (error) {
      if (isAppError(error) && error.code === "not_found") return "gone";
      throw error;
    }
  };
  try {
    const service: Found<WireService> = await patiently(actions, () => findService(actions, id));
    const target = {
      kind: "service" as const,
      id,
      name: service.name,
      path: objectPath("service", id),
      action: `${kind}.rotate`,
    };
    const { operation } = await writeSpec(actions, caller, target, (spec) =>
      replaceFile(spec, kind, from, to),
    );
    actions.changed({ services: [id] });
    set({ operation, has: "new" });
    const ended = operation === null ? null : await untilEnded(ctx, id, operation, signal);
    if (ended === null || ended.state === "completed")
      return { state: "completed", has: await has(), why: null };
    return { state: ended.state, has: await has(), why: ended.words };
  } catch (error) {
    if (!isAppError(error)) throw error;
    // A service that is gone uses nothing any more.
    if (error.code === "not_found") return { state: "completed", has: "gone", why: null };
    const why = phrase("files.rotation.text", { text: error.engineText ?? error.message });
    return { state: "failed", has: await has().catch(() => "old" as const), why };
  }
}

/**
 * The end of an operation, or of whatever took over from it as long as that is not over. One that is stuck may come round:
 * it is waited for until it is, or somebody changes the service. Null where nothing is kept of operations.
 */
async function untilEnded(
  { actions }: FileContext,
  serviceId: string,
  operation: number,
  signal: AbortSignal,
): Promise<OperationView | null> {
  let id = operation;
  while (!signal.aborted) {
    const found = actions.history?.operation(id) ?? null;
    if (found === null) return null;
    if (found.state === "superseded") {
      const [newest] =
        actions.history?.operations({ serviceId, state: null, before: Number.MAX_SAFE_INTEGER, limit: 1 }) ??
        [];
      if (newest === undefined || newest.id === id) return found;
      id = newest.id;
      continue;
    }
    if (found.state !== "running" && found.state !== "stuck") return found;
    await actions.sleep(lookMs);
  }
  return null;
}

function progress(services: readonly RotationService[]): Phrase {
  const done = services.filter(({ state }) => state === "completed").length;
  const now = services.find(({ state }) => state === "running");
  return phrase("files.rotation.progress", { done, n: services.length, name: now?.name ?? "" });
}

function failure({ services, from, to }: RotationView): Phrase {
  const failed = services.find(({ why }) => why !== null);
  const names = (has: RotationService["has"]) =>
    services
      .filter((each) => each.has === has)
      .map(({ name }) => name)
      .join(", ");
  const what = { name: failed?.name ?? "", why: failed?.why ?? "", from: from.name, to: to.name };
  const [old, next] = [names("old"), names("new")];
  if (next === "") return phrase("files.rotation.failedNone", { ...what, old });
  if (old === "") return phrase("files.rotation.failedAll", { ...what, next });
  return phrase("files.rotation.failed", { ...what, old, next });
}

/** Every service runs with the new one: the old one goes, unless it is to stay or somebody began to use it meanwhile. */
async function ending(
  ctx: FileContext,
  { kind, from, to, removeOld, services }: RotationView,
): Promise<Phrase> {
  const what = { from: from.name, to: to.name, n: services.length };
  if (!removeOld && what.n === 0) return phrase("files.rotation.begun", { name: to.name });
  if (!removeOld) return phrase("files.rotation.doneKept", what);
  try {
    forgetFiles(ctx, kind);
    const { usedBy } = await findFile(ctx, kind, from.id);
    if (usedBy.length > 0) {
      return phrase("files.rotation.doneUsed", {
        ...what,
        services: usedBy.map(({ name }) => name).join(", "),
      });
    }
    await removeFile(ctx, kind, from.id);
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (error.code !== "not_found") {
      return phrase("files.rotation.doneStays", { ...what, why: error.engineText ?? error.message });
    }
  }
  return phrase(what.n === 0 ? "files.rotation.doneNobody" : "files.rotation.done", what);
}
