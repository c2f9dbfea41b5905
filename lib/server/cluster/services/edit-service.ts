import { labelsOf } from "#lib/server/docker/hostile.ts";
import { sameSpec } from "#lib/server/docker/same-spec.ts";
import type { WireService, WireServiceSpec } from "#lib/server/docker/wire.ts";
import type { Caller } from "#lib/server/runtime-types.ts";
import type { WriteAnswer } from "#lib/shared/api/types.ts";
import { AppError } from "#lib/shared/errors.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { jsonAt, parseExactly } from "#lib/shared/lossless-json.ts";
import { isLive } from "#lib/shared/model/task-state.ts";
import type { ServiceView } from "#lib/shared/model/types.ts";
import { scaleWarningPhrase, scaleWarnings } from "#lib/shared/placement.ts";
import type { EditConflict } from "#lib/shared/services/apply-edits.ts";
import type { ServiceChange } from "#lib/shared/services/edit-schemas.ts";
import { type EditEffect, editEffect } from "#lib/shared/services/effect.ts";
import { fieldIds, serviceField } from "#lib/shared/services/fields.ts";
import type { ServiceForm, ServicePreview } from "#lib/shared/services/types.ts";
import { requireConfirm } from "../actions/confirm.ts";
import type { ActionContext } from "../actions/context.ts";
import { type Found, findService, objectPath } from "../actions/object-ref.ts";
import { patiently } from "../actions/patience.ts";
import { selfServiceWarning } from "../actions/self.ts";
import { freshView, serviceView } from "../actions/service-writes.ts";
import { specChanges } from "../actions/spec-diff.ts";
import { writeSpec } from "../actions/write-spec.ts";
import { maskedPretty } from "./masked-spec.ts";
import { planChange, refusals, refuse } from "./plan-change.ts";
import { knownNetworks, modeKey, networkTargets, withNetworkNames } from "./spec-names.ts";

/** What a form of a service begins with. */
export async function serviceForm(ctx: ActionContext, ref: string): Promise<ServiceForm> {
  const { id, name, text } = await findService(ctx, ref);
  const spec = specOf(text);
  const parsed = JSON.parse(spec) as unknown;
  const networks = await knownNetworks(ctx, new Set(networkTargets(parsed)));
  const values: Partial<Record<(typeof fieldIds)[number], unknown>> = {};
  const hidden: Partial<Record<(typeof fieldIds)[number], number>> = {};
  for (const each of fieldIds) {
    const { path, isSecret } = serviceField(each);
    const value = JSON.parse(jsonAt(spec, path) ?? "null") as unknown;
    if (value === null) continue;
    if (!isSecret) values[each] = each === "networks" ? withNetworkNames(value, networks) : value;
    else {
      const n = Object.keys(value as object).length;
      if (n > 0) hidden[each] = n;
    }
  }
  return { id, name, mode: modeKey(parsed), values, hidden };
}

/** Options of a service's log driver, with their values. */
export async function serviceLogOptions(
  ctx: ActionContext,
  ref: string,
): Promise<Readonly<Record<string, string>>> {
  return labelsOf((await findService(ctx, ref)).value.Spec?.TaskTemplate?.LogDriver?.Options);
}

/** What a change would be and do. Nothing is changed. */
export async function previewService(
  ctx: ActionContext,
  caller: Pick<Caller, "role">,
  ref: string,
  input: ServiceChange,
): Promise<ServicePreview> {
  const service = await findService(ctx, ref);
  const present = specOf(service.text);
  const plan = await planChange(ctx, present, input);
  const { spec, conflicts } = plan.apply(present);
  const { names } = await knownNetworks(
    ctx,
    new Set([present, spec].flatMap((text) => networkTargets(JSON.parse(text)))),
  );
  const effect = effectOf(ctx, service, present, spec);
  return {
    changes: specChanges(present, spec, names),
    diff: maskedPretty(present, spec),
    effect,
    conflicts,
    refusals: await refusals(ctx, caller, present, spec),
    warnings: [...plan.warnings, ...placeWarnings(ctx, service.value, spec)],
    selfWarning: stops(effect) ? selfServiceWarning(service, ctx.self(), "restart") : null,
  };
}

/** Changes fields of a service, and nothing else. Throws conflict, field by field, and changes nothing then. */
export async function editService(
  ctx: ActionContext,
  caller: Caller,
  ref: string,
  input: ServiceChange & { readonly confirm?: string | undefined },
): Promise<WriteAnswer<ServiceView>> {
  const service = await patiently(ctx, () => findService(ctx, ref));
  const { id, name } = service;
  const first = specOf(service.text);
  const plan = await planChange(ctx, first, input);
  const wanted = plan.apply(first).spec;
  refuse(name, await refusals(ctx, caller, first, wanted));
  if (stops(effectOf(ctx, service, first, wanted))) {
    requireConfirm(selfServiceWarning(service, ctx.self(), "restart"), name, input.confirm);
  }
  const target = {
    kind: "service" as const,
    id,
    name,
    path: objectPath("service", id),
    action: "service.edit",
  };
  const { spec, operation } = await writeSpec(ctx, caller, target, (present) => {
    const applied = plan.apply(present);
    if (applied.conflicts.length > 0) throw conflict(name, applied.conflicts);
    return sameSpec(applied.spec, present) ? null : applied.spec;
  });
  ctx.changed({ services: [id] });
  const warnings = [...plan.warnings, ...placeWarnings(ctx, service.value, spec)];
  return { item: await freshView(ctx, service), warnings, operation };
}

/** The engine's text of a service's specification. */
export function specOf(text: string): string {
  return jsonAt(text, ["Spec"]) ?? "null";
}

function stops({ kind }: EditEffect): boolean {
  return kind !== "nothing" && kind !== "quiet";
}

function effectOf(
  ctx: ActionContext,
  { id, value }: Found<WireService>,
  before: string,
  after: string,
): EditEffect {
  const { tasks, nodes } = ctx.model();
  const own = Object.values(tasks).filter(
    (task) => task.serviceId === id && isLive(task) && isWanted(task.desired),
  );
  const mode = serviceView(ctx, value)?.mode ?? "replicated";
  return editEffect(parseExactly(before), parseExactly(after), { service: { mode }, tasks: own, nodes });
}

function isWanted(desired: string): boolean {
  return desired === "running" || desired === "ready" || desired === "complete";
}

/** Tasks that will find no place, where the change is about how many there are. */
function placeWarnings(ctx: ActionContext, wire: WireService, after: string): readonly string[] {
  const spec = JSON.parse(after) as WireServiceSpec;
  const view = serviceView(ctx, { ...wire, Spec: spec });
  const replicas = spec.Mode?.Replicated?.Replicas;
  if (view === null || typeof replicas !== "number") return [];
  return scaleWarnings(ctx.model(), view, replicas).map((warning) => say(t, scaleWarningPhrase(warning)));
}

function conflict(name: string, conflicts: readonly EditConflict[]): AppError {
  const fields = conflicts.map((each) => ({ ...each, label: conflictLabel(each) }));
  const told = fields.map(({ label }) => label).join(", ");
  return new AppError("conflict", t("edit.error.conflict", { name, fields: told }), { details: { fields } });
}

function conflictLabel({ field, key }: EditConflict): string {
  if (field === null) return key ?? "";
  const label = t(`edit.field.${field}`);
  return key === null ? label : `${label} ${key}`;
}
