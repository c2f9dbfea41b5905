import { randomUUID } from "node:crypto";
import type { RotationsTable } from "#lib/server/db/rotations.ts";
import type { Caller } from "#lib/server/runtime-types.ts";
import { AppError } from "#lib/shared/errors.ts";
import { phrase } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { jsonAt, withJsonAt } from "#lib/shared/lossless-json.ts";
import type { FileKind } from "#lib/shared/swarm-files/limits.ts";
import type { FileRotate } from "#lib/shared/swarm-files/schemas.ts";
import type { FileUse, RotationPlan, RotationService, RotationView } from "#lib/shared/swarm-files/types.ts";
import { requireConfirm } from "../actions/confirm.ts";
import { objectPath, patientReadMs } from "../actions/object-ref.ts";
import { patiently } from "../actions/patience.ts";
import { selfServiceWarning } from "../actions/self.ts";
import { postFile } from "./file-writes.ts";
import { type FileContext, type FileItem, filesOf, refuseBadFile } from "./find-file.ts";
import { planRotation } from "./rotation-plan.ts";
import { runRotation } from "./run-rotation.ts";

/** Secrets and configs of one cluster on their way to new values. */
export interface Rotations {
  list(): readonly RotationView[];
  plan(kind: FileKind, ref: string): Promise<RotationPlan>;
  start(caller: Caller, kind: FileKind, ref: string, input: FileRotate): Promise<RotationView>;
  /** Throws not_found. */
  get(id: string): RotationView;
  resume(caller: Caller, id: string): Promise<RotationView>;
  /** What is under way is left as it stands, and says so after the next start. */
  stop(): void;
}

export interface RotationsOptions {
  /** Null: nothing is kept over a restart. */
  readonly table: RotationsTable | null;
  readonly onError: (error: unknown) => void;
}

export function createRotations(ctx: FileContext, { table, onError }: RotationsOptions): Rotations {
  const cluster = ctx.actions.clusterId;
  const kept = new Map<string, RotationView>();
  const stopping = new AbortController();
  // Oldest first; the server that was at work on those that run is gone.
  for (const view of table?.list(cluster).toReversed() ?? []) {
    put(
      view.state === "running"
        ? { ...view, state: "interrupted", words: phrase("files.rotation.interrupted") }
        : view,
    );
  }

  function put(view: RotationView): void {
    if (stopping.signal.aborted) return;
    kept.set(view.id, view);
    table?.put(cluster, view);
  }

  function find(id: string): RotationView {
    const view = kept.get(id);
    if (!view) throw new AppError("not_found", t("files.rotation.none"));
    return view;
  }

  function run(caller: Caller, view: RotationView): RotationView {
    put(view);
    runRotation(ctx, caller, view, { put, signal: stopping.signal }).catch((error: unknown) => {
      onError(error);
      put({
        ...find(view.id),
        state: "failed",
        endedAt: ctx.actions.now(),
        words: phrase("files.rotation.broken"),
      });
    });
    return find(view.id);
  }

  const list = () => [...kept.values()].toReversed();
  return {
    list,
    async plan(kind, ref) {
      const { item: _item, ...plan } = await planRotation(ctx, kind, ref, list());
      return plan;
    },
    async start(caller, kind, ref, input) {
      const { item, uses, name: proposed, refusal } = await planRotation(ctx, kind, ref, list());
      if (refusal !== null) throw new AppError("conflict", refusal);
      const name = input.name ?? proposed;
      refuseBadFile(kind, { name, data: input.data }, await filesOf(ctx, kind));
      const services = servicesOf(ctx, uses);
      for (const each of services) {
        requireConfirm(selfServiceWarning(each, ctx.actions.self(), "restart"), each.name, input.confirm);
      }
      const id = await postFile(ctx, kind, await nextSpec(ctx, kind, item, { name, data: input.data }));
      return run(caller, {
        id: randomUUID(),
        kind,
        from: { id: item.id, name: item.name },
        to: { id, name },
        removeOld: input.removeOld ?? true,
        userName: caller.name,
        startedAt: ctx.actions.now(),
        endedAt: null,
        state: "running",
        services,
        words: phrase("files.rotation.begun", { name }),
      });
    },
    get: find,
    async resume(caller, id) {
      const view = find(id);
      if (view.state !== "interrupted" && view.state !== "failed") {
        throw new AppError("conflict", t("files.rotation.notOpen", { name: view.from.name }));
      }
      return run(caller, { ...view, state: "running", endedAt: null, userName: caller.name });
    },
    stop: () => stopping.abort(),
  };
}

/** By name; Shoal's own comes last, because its update ends this very server. */
function servicesOf(ctx: FileContext, uses: readonly FileUse[]): readonly RotationService[] {
  const byId = new Map(uses.map(({ service }) => [service.id, service]));
  const self = ctx.actions.self()?.serviceId;
  const services = [...byId.values()].map(
    ({ id, name }): RotationService => ({
      id,
      name,
      has: "old",
      state: "waiting",
      operation: null,
      why: null,
    }),
  );
  return [...services.filter(({ id }) => id !== self), ...services.filter(({ id }) => id === self)];
}

/** The old one's specification with another name and content: labels, and what this program has never heard of, stay. */
async function nextSpec(
  ctx: FileContext,
  kind: FileKind,
  { id, name }: FileItem,
  next: { readonly name: string; readonly data: string },
): Promise<string> {
  const { actions } = ctx;
  const text = await patiently(actions, () =>
    actions.manager().getText(objectPath(kind, id), { timeoutMs: patientReadMs }),
  );
  const spec = jsonAt(text, ["Spec"]);
  if (spec === null) throw new AppError("engine_error", t("actions.error.noSpec", { name }));
  const named = withJsonAt(spec, ["Name"], JSON.stringify(next.name));
  return withJsonAt(named, ["Data"], JSON.stringify(next.data));
}
