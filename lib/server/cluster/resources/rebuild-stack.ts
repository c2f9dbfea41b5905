import { listOf, textOf } from "#lib/server/docker/hostile.ts";
import type { WireService } from "#lib/server/docker/wire.ts";
import { writeCompose } from "#lib/server/stacks/write-compose.ts";
import type { RebuiltStackFile } from "#lib/shared/api/resource-types.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import { namespaceLabel } from "#lib/shared/stacks/compose/compose-names.ts";
import { type RebuiltNetwork, rebuildCompose } from "#lib/shared/stacks/compose/rebuild-compose.ts";
import type { ActionContext } from "../actions/context.ts";

/**
 * A compose file of what runs as this stack, read from the engine now. It has the services' environment in it: whoever
 * asks must be allowed to see that.
 */
export async function rebuildStack(ctx: ActionContext, name: string): Promise<RebuiltStackFile> {
  const filters = { label: [`${namespaceLabel}=${name}`] };
  const services = await ctx
    .manager()
    .get<readonly WireService[] | null>("/services", { query: { filters } });
  if (!services?.length)
    throw new AppError("not_found", t("resources.noStack", { name: name.slice(0, 100) }));
  const specs = services
    .map(({ Spec }) => Spec)
    .sort((a, b) => compareNatural(textOf(a?.Name), textOf(b?.Name)));
  const { file, left } = rebuildCompose(name, specs, await networksOf(ctx, specs));
  return { text: writeCompose(file), left };
}

/** The networks that these services are attached to; also those of nodes, `host`, which no list of the swarm has. */
async function networksOf(
  ctx: ActionContext,
  specs: readonly WireService["Spec"][],
): Promise<readonly RebuiltNetwork[]> {
  const attachments = specs.flatMap((spec) => listOf(spec?.TaskTemplate?.Networks));
  const targets = [...new Set(attachments.map((attachment) => textOf(attachment?.Target)))].filter(Boolean);
  return Promise.all(
    targets.map((target) => ctx.manager().get<RebuiltNetwork>(`/networks/${encodeURIComponent(target)}`)),
  );
}
