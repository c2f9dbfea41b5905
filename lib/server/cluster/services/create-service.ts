import type { WireService } from "#lib/server/docker/wire.ts";
import type { Caller } from "#lib/server/runtime-types.ts";
import { maskedValue } from "#lib/shared/agent/scope.ts";
import type { WriteAnswer } from "#lib/shared/api/types.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { jsonAt, withJsonAt } from "#lib/shared/lossless-json.ts";
import type { ServiceView } from "#lib/shared/model/types.ts";
import type { ServiceCreate, ServiceEdit } from "#lib/shared/services/edit-schemas.ts";
import { modeKeys, type ServiceMode } from "#lib/shared/services/fields.ts";
import type { ActionContext } from "../actions/context.ts";
import { findService } from "../actions/object-ref.ts";
import { patiently } from "../actions/patience.ts";
import { freshView } from "../actions/service-writes.ts";
import { registryHeadersOf } from "../actions/write-spec.ts";
import { specOf } from "./edit-service.ts";
import { planChange, refusals, refuse } from "./plan-change.ts";

/** Marks of the stack that a service belongs to: a copy is none of it, or its next deploy would prune the copy. */
const stackLabels = ["com.docker.stack.namespace", "com.docker.stack.image"];

/**
 * Makes a service from fields, or from another service's specification with fields changed. Never sent twice. Throws
 * forbidden for ways to the host that the caller may not open.
 */
export async function createService(
  ctx: ActionContext,
  caller: Caller,
  input: ServiceCreate,
): Promise<WriteAnswer<ServiceView>> {
  const { name } = input;
  const { spec, warnings: planned } = await newSpec(ctx, input);
  refuse(name, await refusals(ctx, caller, null, spec));
  const answer = await ctx.manager().send("POST", "/services/create", {
    body: spec,
    headers: registryHeadersOf(ctx, spec),
  });
  const { ID = "", Warning } = JSON.parse(answer) as { readonly ID?: string; readonly Warning?: string };
  const service = await patiently(ctx, () => findService(ctx, ID));
  const made = specOf(service.text);
  const revision = ctx.beginRevision(
    {
      cluster: ctx.clusterId,
      kind: "service",
      objectId: ID,
      objectName: name,
      at: ctx.now(),
      userId: caller.userId,
      userName: caller.name,
      via: caller.via,
      action: "service.create",
      // There was nothing before; the first text that is kept is the one it was made with.
      specBefore: made,
      specAfter: made,
    },
    versionBefore(service.value),
  );
  revision.confirm();
  ctx.changed({ services: [ID] });
  const warnings = [...planned, ...(Warning ? [Warning] : [])];
  return { item: await freshView(ctx, service), warnings, operation: revision.operation ?? null };
}

/**
 * The specification that a new service gets, as JSON text, with what should be known about it, in sentences. Throws
 * invalid_input, and forbidden where values of the original cannot be read.
 */
export async function newSpec(
  ctx: ActionContext,
  input: ServiceCreate,
): Promise<{ readonly spec: string; readonly warnings: readonly string[] }> {
  const base = await baseSpec(ctx, input);
  // Nobody else can have changed what is not there yet.
  const edits = input.edits.map(({ field, value }) => ({ field, value }) as ServiceEdit);
  const plan = await planChange(ctx, base, { edits, pin: input.pin });
  const { spec } = plan.apply(base);
  const image = jsonAt(spec, ["TaskTemplate", "ContainerSpec", "Image"]);
  if (image === null || image === '""') throw new AppError("invalid_input", t("edit.problem.image"));
  // An agent with less than the full scope hides values: what it shows is not what the original has.
  if (spec.includes(maskedValue)) {
    throw new AppError("forbidden", t("actions.error.masked", { name: input.name }));
  }
  return { spec, warnings: plan.warnings };
}

/** The version before the one it was made with: from the next on, a read shows the change. */
function versionBefore({ Version }: WireService): string {
  return String(Math.max(0, (Version?.Index ?? 0) - 1));
}

async function baseSpec(ctx: ActionContext, { name, from, mode }: ServiceCreate): Promise<string> {
  if (from === undefined) {
    const start = { Name: name, TaskTemplate: { ContainerSpec: {} }, Mode: modeSpec(mode ?? "replicated") };
    return JSON.stringify(start);
  }
  let spec = withJsonAt(specOf((await findService(ctx, from)).text), ["Name"], JSON.stringify(name));
  for (const label of stackLabels) {
    spec = withJsonAt(spec, ["Labels", label], null);
    spec = withJsonAt(spec, ["TaskTemplate", "ContainerSpec", "Labels", label], null);
  }
  const isOther = mode !== undefined && jsonAt(spec, ["Mode", modeKeys[mode]]) === null;
  return isOther ? withJsonAt(spec, ["Mode"], JSON.stringify(modeSpec(mode))) : spec;
}

function modeSpec(mode: ServiceMode): object {
  return { [modeKeys[mode]]: mode === "replicated" ? { Replicas: 1 } : {} };
}
