import { mapService } from "#lib/server/docker/map-service.ts";
import type { WireServiceSpec } from "#lib/server/docker/wire.ts";
import type { Caller } from "#lib/server/runtime-types.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ServiceView } from "#lib/shared/model/types.ts";
import { eligibleNodes } from "#lib/shared/placement.ts";
import type { ServiceCreate } from "#lib/shared/services/edit-schemas.ts";
import { createEffect } from "#lib/shared/services/effect.ts";
import { cliCommand } from "#lib/shared/services/export-cli.ts";
import type { CreationPreview } from "#lib/shared/services/types.ts";
import { preflight } from "#lib/shared/stacks/preflight.ts";
import type { ActionContext } from "../actions/context.ts";
import { findService } from "../actions/object-ref.ts";
import { newSpec } from "./create-service.ts";
import { maskedPretty } from "./masked-spec.ts";
import { refusals } from "./plan-change.ts";
import { knownNetworks, networkTargets } from "./spec-names.ts";

/** What making a service would do. Nothing is made. */
export async function previewCreate(
  ctx: ActionContext,
  caller: Pick<Caller, "role">,
  input: ServiceCreate,
): Promise<CreationPreview> {
  const { spec, warnings } = await newSpec(ctx, input);
  const view = viewOf(spec);
  const model = ctx.model();
  const problems = preflight(model, [view], new Set());
  const shown = maskedPretty("{}", spec).after;
  const { names } = await knownNetworks(ctx, new Set(networkTargets(JSON.parse(spec))));
  return {
    words: createEffect(view, eligibleNodes(model, view).length),
    command: cliCommand(shown, names),
    spec: shown,
    refusals: await refusals(ctx, caller, null, spec),
    problems: [
      ...(await nameProblems(ctx, input.name)),
      ...problems.filter(({ severity }) => severity === "error").map(({ message }) => message),
    ],
    warnings: [
      ...warnings,
      ...problems.filter(({ severity }) => severity !== "error").map(({ message }) => message),
    ],
  };
}

function viewOf(spec: string): ServiceView {
  const Spec = JSON.parse(spec) as WireServiceSpec;
  const view = mapService({ ID: "new", Spec }, { color: { hue: 1, marking: 0 }, isShoal: false });
  if (view === null) throw new Error("a service with an id has a view");
  return view;
}

async function nameProblems(ctx: ActionContext, name: string): Promise<readonly string[]> {
  const found = await findService(ctx, name).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  });
  // An id, or its beginning, is found as well.
  return found?.name === name ? [t("edit.create.taken", { name })] : [];
}
