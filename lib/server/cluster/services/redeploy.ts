import { parseImage } from "#lib/server/docker/image-name.ts";
import type { Caller } from "#lib/server/runtime-types.ts";
import type { WriteAnswer } from "#lib/shared/api/types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ServiceView } from "#lib/shared/model/types.ts";
import { changeSpec, type FieldEdit } from "../actions/change-spec.ts";
import { requireConfirm } from "../actions/confirm.ts";
import type { ActionContext } from "../actions/context.ts";
import { findService, objectPath } from "../actions/object-ref.ts";
import { patiently } from "../actions/patience.ts";
import { selfServiceWarning } from "../actions/self.ts";
import { freshView } from "../actions/service-writes.ts";
import { pinImage } from "./pin-image.ts";

/**
 * Replaces all tasks with what the image's tag (or another one of it) stands for now. Where its registry does not tell, the
 * tag alone is written, so that every node asks for itself.
 */
export async function redeployService(
  ctx: ActionContext,
  caller: Caller,
  ref: string,
  input: { readonly tag?: string | undefined; readonly confirm?: string | undefined },
): Promise<WriteAnswer<ServiceView>> {
  const service = await patiently(ctx, () => findService(ctx, ref));
  const { id, name } = service;
  requireConfirm(selfServiceWarning(service, ctx.self(), "restart"), name, input.confirm);
  const present = parseImage(service.value.Spec?.TaskTemplate?.ContainerSpec?.Image);
  const tag = input.tag ?? present.tag;
  // Only a digest names it: there is nothing newer of the same.
  const isFixed = tag === null && present.digest !== null;
  const reference = isFixed ? `${present.name}@${present.digest}` : `${present.name}:${tag ?? "latest"}`;
  const { image, platforms, warning } = await pinImage(ctx, reference);
  const edits: FieldEdit[] = [
    {
      path: ["TaskTemplate", "ContainerSpec", "Image"],
      label: t("edit.field.image"),
      next: () => JSON.stringify(image),
    },
    {
      path: ["TaskTemplate", "ForceUpdate"],
      label: t("actions.field.forceUpdate"),
      next: (before) => String(BigInt(before ?? "0") + 1n),
    },
  ];
  if (platforms) {
    edits.push({
      path: ["TaskTemplate", "Placement", "Platforms"],
      label: t("edit.field.image"),
      next: () => JSON.stringify(platforms),
    });
  }
  const target = {
    kind: "service" as const,
    id,
    name,
    path: objectPath("service", id),
    action: "service.redeploy",
  };
  const { operation } = await changeSpec(ctx, caller, target, edits);
  ctx.changed({ services: [id] });
  return { item: await freshView(ctx, service), warnings: warning === null ? [] : [warning], operation };
}
