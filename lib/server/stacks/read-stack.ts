import { stackLabel } from "#lib/server/docker/map-service.ts";
import type { WireService } from "#lib/server/docker/wire.ts";
import { jsonItems } from "#lib/shared/lossless-json.ts";
import type { ActionContext } from "../cluster/actions/context.ts";
import type { WireFiles } from "./file-swaps.ts";
import { type NetworkNames, readNetworkNames } from "./network-names.ts";
import type { StackParts } from "./plan-parts.ts";

/** What there is of a stack, and what it may refer to. */
export interface StackNow extends StackParts {
  readonly networkNames: NetworkNames;
  readonly services: readonly { readonly id: string; readonly name: string; readonly text: string }[];
}

/** Reads it anew. */
export async function readStack(ctx: ActionContext, stack: string): Promise<StackNow> {
  const filters = { label: [`${stackLabel}=${stack}`] };
  const list = await ctx.manager().getText("/services", { query: { filters } });
  const [networkNames, { secrets, configs }] = await Promise.all([readNetworkNames(ctx), readFiles(ctx)]);
  const networks = await ctx.manager().get<StackParts["networks"]>("/networks", { query: { filters } });
  const services = jsonItems(list).map((text) => {
    const { ID = "", Spec } = JSON.parse(text) as WireService;
    return { id: ID, name: String(Spec?.Name ?? ID), text };
  });
  const names = (items: readonly { Spec?: { Name?: string } }[]) =>
    new Set(items.map(({ Spec }) => String(Spec?.Name)));
  return {
    networkNames, services, networks, secrets, configs,
    present: { secrets: names(secrets), configs: names(configs), networks: new Set(networkNames.idOf.keys()) },
  }; // biome-ignore format: short
}

/** Every secret and config of the swarm. */
export async function readFiles(ctx: ActionContext): Promise<WireFiles> {
  const [secrets, configs] = await Promise.all([
    ctx.manager().get<WireFiles["secrets"]>("/secrets"),
    ctx.manager().get<WireFiles["configs"]>("/configs"),
  ]);
  return { secrets, configs };
}
