import { sameSpec } from "#lib/server/docker/same-spec.ts";
import type { WireServiceSpec } from "#lib/server/docker/wire.ts";
import type { Caller } from "#lib/server/runtime-types.ts";
import type { WriteAnswer } from "#lib/shared/api/types.ts";
import { AppError } from "#lib/shared/errors.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { jsonAt } from "#lib/shared/lossless-json.ts";
import type { ServiceView } from "#lib/shared/model/types.ts";
import { scaleWarningPhrase, scaleWarnings } from "#lib/shared/placement.ts";
import { refusals, refuse } from "../services/plan-change.ts";
import { requireConfirm } from "./confirm.ts";
import type { ActionContext } from "./context.ts";
import { findService, objectPath } from "./object-ref.ts";
import { patiently } from "./patience.ts";
import { currentRevision, readRevisions, rollbackSpec, specOfRevision } from "./revisions.ts";
import { selfServiceWarning } from "./self.ts";
import { freshView } from "./service-writes.ts";
import { writeSpec } from "./write-spec.ts";

/**
 * Gives a service the specification of a revision again. `current`: the revision that the person saw as the present
 * one; when it is not any more, or somebody changes the service meanwhile, it is a `conflict` and nothing is done.
 */
export async function rollbackService(
  ctx: ActionContext,
  caller: Caller,
  ref: string,
  input: { readonly revision: number; readonly current?: number; readonly confirm?: string },
): Promise<WriteAnswer<ServiceView>> {
  const revisions = await patiently(ctx, () => readRevisions(ctx, ref));
  const service = await patiently(ctx, () => findService(ctx, revisions.id));
  const { id, name } = service;
  const kept = specOfRevision(revisions, input.revision);
  if (input.current !== undefined && input.current !== (currentRevision(revisions) ?? undefined)) {
    throw changedMeanwhile(name);
  }
  requireConfirm(selfServiceWarning(service, ctx.self(), "restart"), name, input.confirm);
  refuse(name, await refusals(ctx, caller, revisions.spec, rollbackSpec(kept, revisions.spec)));
  const target = {
    kind: "service" as const,
    id,
    name,
    path: objectPath("service", id),
    action: "service.rollback",
  };
  const { spec, operation } = await writeSpec(ctx, caller, target, (present) => {
    const wanted = rollbackSpec(kept, present);
    if (sameSpec(present, wanted)) return null;
    if (!sameSpec(present, revisions.spec)) throw changedMeanwhile(name);
    return wanted;
  });
  ctx.changed({ services: [id] });
  const item = await freshView(ctx, service);
  const replicas = (JSON.parse(spec) as WireServiceSpec).Mode?.Replicated?.Replicas;
  const warnings = typeof replicas === "number" ? scaleWarnings(ctx.model(), item, replicas) : [];
  return { item, warnings: warnings.map((warning) => say(t, scaleWarningPhrase(warning))), operation };
}

/**
 * Goes on with an update that swarm has paused, by posting the present specification once more: there is no other
 * way. The engine then takes it for its "previous" one, so `docker service rollback` no longer leads back.
 */
export async function continueUpdate(
  ctx: ActionContext,
  caller: Caller,
  ref: string,
): Promise<WriteAnswer<ServiceView>> {
  const service = await patiently(ctx, () => findService(ctx, ref));
  const { id, name, text } = service;
  const state = jsonAt(text, ["UpdateStatus", "State"]);
  if (state !== '"paused"' && state !== '"rollback_paused"') {
    throw new AppError("conflict", t("history.error.notPaused", { name }));
  }
  const spec = jsonAt(text, ["Spec"]) ?? "null";
  const target = {
    kind: "service" as const,
    id,
    name,
    path: objectPath("service", id),
    action: "service.continue",
  };
  let posted = false;
  const { operation } = await writeSpec(ctx, caller, target, (present) => {
    if (!sameSpec(present, spec)) throw changedMeanwhile(name);
    if (posted && !isPausedNow(ctx, id)) return null;
    posted = true;
    return present;
  });
  ctx.changed({ services: [id] });
  return { item: await freshView(ctx, service), warnings: [], operation };
}

/** After a try whose fate is unknown: does the picture still show the pause? */
function isPausedNow(ctx: ActionContext, id: string): boolean {
  const state = ctx.model().services[id]?.update?.state;
  return state === "paused" || state === "rollback_paused";
}

function changedMeanwhile(name: string): AppError {
  return new AppError("conflict", t("history.error.changed", { name }));
}
