import { jsonAt, jsonItems, withJsonAt } from "#lib/shared/lossless-json.ts";
import type { ActionContext } from "../cluster/actions/context.ts";

/** The networks of the swarm by id and by name. */
export interface NetworkNames {
  readonly nameOf: ReadonlyMap<string, string>;
  readonly idOf: ReadonlyMap<string, string>;
  /** Ids of networks that are a host's own. */
  readonly host: ReadonlySet<string>;
}

export async function readNetworkNames(ctx: ActionContext): Promise<NetworkNames> {
  const found = await ctx
    .manager()
    .get<readonly { Id?: string; Name?: string; Scope?: string; Driver?: string }[]>("/networks");
  const named = found.flatMap(({ Id, Name, Scope, Driver }) =>
    Id && Name ? [{ Id, Name, Scope, Driver }] : [],
  );
  // Swarm's own win over those of one node with the same name.
  const ordered = [...named].sort((a, b) => Number(a.Scope === "swarm") - Number(b.Scope === "swarm"));
  return {
    nameOf: new Map(ordered.map(({ Id, Name }) => [Id, Name])),
    idOf: new Map(ordered.map(({ Id, Name }) => [Name, Id])),
    host: new Set(named.filter(({ Driver }) => Driver === "host").map(({ Id }) => Id)),
  };
}

/**
 * The specification (JSON text) with its networks by id, as engines keep them: the docker command names them. Names that
 * mean no network (yet) stay.
 */
export function withNetworkIds(spec: string, { idOf }: Pick<NetworkNames, "idOf">): string {
  const path = ["TaskTemplate", "Networks"];
  const list = jsonAt(spec, path);
  if (list === null) return spec;
  const items = jsonItems(list).map((item) => {
    const target = JSON.parse(jsonAt(item, ["Target"]) ?? '""') as string;
    const id = idOf.get(target);
    return id === undefined ? item : withJsonAt(item, ["Target"], JSON.stringify(id));
  });
  return items.length === 0 ? spec : withJsonAt(spec, path, `[${items.join(",")}]`);
}
