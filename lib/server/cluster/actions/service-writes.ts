import { certainlyNotApplied } from "#lib/server/docker/errors.ts";
import { mapService, modeOf } from "#lib/server/docker/map-service.ts";
import type { WireService } from "#lib/server/docker/wire.ts";
import type { Caller } from "#lib/server/runtime-types.ts";
import type { WriteAnswer } from "#lib/shared/api/types.ts";
import { AppError, isAppError } from "#lib/shared/errors.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { jsonAt } from "#lib/shared/lossless-json.ts";
import type { ServiceView } from "#lib/shared/model/types.ts";
import { scaleWarningPhrase, scaleWarnings } from "#lib/shared/placement.ts";
import { changeSpec, type FieldEdit } from "./change-spec.ts";
import { requireConfirm } from "./confirm.ts";
import type { ActionContext } from "./context.ts";
import { type Found, findService, objectPath } from "./object-ref.ts";
import { patiently } from "./patience.ts";
import { agentsServiceWarning, selfServiceWarning } from "./self.ts";
import type { WrittenSpec } from "./write-spec.ts";

/** Sets the number of replicas. Warnings say where the wanted tasks will not all find a place. */
export async function scaleService(
  ctx: ActionContext,
  caller: Caller,
  ref: string,
  input: { readonly replicas: number; readonly confirm?: string },
): Promise<WriteAnswer<ServiceView>> {
  const service = await patiently(ctx, () => findService(ctx, ref));
  const mode = modeOf(service.value.Spec?.Mode);
  if (mode !== "replicated") {
    throw new AppError("invalid_input", t(`actions.error.scale_${mode}`, { name: service.name }));
  }
  const hurts = selfScale(input.replicas);
  if (hurts) requireConfirm(selfServiceWarning(service, ctx.self(), hurts), service.name, input.confirm);
  const { operation } = await change(ctx, caller, service, "service.scale", {
    path: ["Mode", "Replicated", "Replicas"],
    label: t("actions.field.replicas"),
    next: () => String(input.replicas),
  });
  const item = await freshView(ctx, service);
  const warnings = scaleWarnings(ctx.model(), item, input.replicas);
  return { item, warnings: warnings.map((warning) => say(t, scaleWarningPhrase(warning))), operation };
}

/** How a number of replicas hurts Shoal's own service: none answers, and two keep each other from the data folder. */
function selfScale(replicas: number): "scale" | "scaleUp" | null {
  if (replicas === 1) return null;
  return replicas === 0 ? "scale" : "scaleUp";
}

/** Replaces all tasks one after another, as the service's update settings say, by raising ForceUpdate. */
export async function restartService(
  ctx: ActionContext,
  caller: Caller,
  ref: string,
  input: { readonly confirm?: string },
): Promise<WriteAnswer<ServiceView>> {
  const service = await patiently(ctx, () => findService(ctx, ref));
  requireConfirm(selfServiceWarning(service, ctx.self(), "restart"), service.name, input.confirm);
  const { operation } = await change(ctx, caller, service, "service.restart", {
    path: ["TaskTemplate", "ForceUpdate"],
    label: t("actions.field.forceUpdate"),
    next: (before) => String(BigInt(before ?? "0") + 1n),
  });
  return { item: await freshView(ctx, service), warnings: [], operation };
}

/** Removes a service. Its last specification is kept as a revision. */
export async function removeService(
  ctx: ActionContext,
  caller: Caller,
  ref: string,
  input: { readonly confirm?: string },
): Promise<void> {
  const service = await patiently(ctx, () => findService(ctx, ref));
  const warning = selfServiceWarning(service, ctx.self(), "remove") ?? agentsServiceWarning(service.value);
  requireConfirm(warning, service.name, input.confirm);
  const revision = ctx.beginRevision({
    cluster: ctx.clusterId,
    kind: "service",
    objectId: service.id,
    objectName: service.name,
    at: ctx.now(),
    userId: caller.userId,
    userName: caller.name,
    via: caller.via,
    action: "service.remove",
    specBefore: jsonAt(service.text, ["Spec"]) ?? "null",
    specAfter: "null",
  });
  await patiently(ctx, async () => {
    try {
      await ctx.manager().send("DELETE", objectPath("service", service.id));
    } catch (error) {
      // A first try may have done it before its connection broke, and gone is what was asked for.
      if (!isAppError(error) || error.code !== "not_found") throw error;
    }
  }).catch((error: unknown) => {
    if (certainlyNotApplied(error)) revision.drop();
    throw error;
  });
  revision.confirm();
  ctx.changed({ services: [service.id] });
}

async function change(
  ctx: ActionContext,
  caller: Caller,
  { id, name }: Found<WireService>,
  action: string,
  edit: FieldEdit,
): Promise<WrittenSpec> {
  const target = { kind: "service" as const, id, name, path: objectPath("service", id), action };
  const written = await changeSpec(ctx, caller, target, [edit]);
  ctx.changed({ services: [id] });
  return written;
}

/** The service as the engine has it after a change. */
export async function freshView(ctx: ActionContext, { id, name }: Found<WireService>): Promise<ServiceView> {
  const wire = await patiently(ctx, () => ctx.manager().get<WireService>(objectPath("service", id)));
  const view = serviceView(ctx, wire);
  if (view === null) throw new AppError("engine_error", t("actions.error.noSpec", { name }));
  return view;
}

/** Docker's service with what only the picture knows about it. */
export function serviceView(ctx: ActionContext, wire: WireService): ServiceView | null {
  const known = ctx.model().services[wire.ID ?? ""];
  const view = mapService(wire, {
    color: known?.color ?? { hue: 1, marking: 0 },
    isShoal: known?.isShoal ?? ctx.self()?.serviceId === wire.ID,
    ...(known && { counts: { desiredTasks: known.desiredTasks, completedTasks: known.completedTasks } }),
  });
  // Only the list says how many tasks are wanted; for a replicated service the specification does.
  return view && view.mode === "replicated" && view.replicas !== null
    ? { ...view, desiredTasks: view.replicas }
    : view;
}
