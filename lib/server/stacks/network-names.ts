import { isAppError } from "#lib/shared/errors.ts";
import { jsonAt, jsonItems, withJsonAt } from "#lib/shared/lossless-json.ts";
import type { ActionContext } from "../cluster/actions/context.ts";

/** The networks of the swarm by id and by name. */
export interface NetworkNames {
  readonly nameOf: ReadonlyMap<string, string>;
  readonly idOf: ReadonlyMap<string, string>;
  /** Ids of networks that are a host's own. */
  readonly host: ReadonlySet<string>;
}

interface WireNetworkHead {
  readonly Id?: string;
  readonly Name?: string;
  readonly Scope?: string;
  readonly Driver?: string;
}

/** Networks of every node, which swarm knows under ids of its own: no list has those. */
const predefined = ["host", "bridge", "none"] as const;

export async function readNetworkNames(ctx: ActionContext): Promise<NetworkNames> {
  const [listed, ...ofNodes] = await Promise.all([
    ctx.manager().get<readonly WireNetworkHead[]>("/networks"),
    ...predefined.map((name) => swarmsOwn(ctx, name)),
  ]);
  const named = listed.flatMap(({ Id, Name, Scope, Driver }) =>
    Id && Name ? [{ Id, Name, Scope, Driver }] : [],
  );
  // Swarm's own win over those of one node with the same name.
  const ordered = [...named].sort((a, b) => Number(a.Scope === "swarm") - Number(b.Scope === "swarm"));
  const all = [...ordered, ...ofNodes.flatMap((network) => network ?? [])];
  return {
    nameOf: new Map(all.map(({ Id, Name }) => [Id, Name])),
    idOf: new Map(all.map(({ Id, Name }) => [Name, Id])),
    host: new Set(all.filter(({ Driver }) => Driver === "host").map(({ Id }) => Id)),
  };
}

async function swarmsOwn(ctx: ActionContext, name: string) {
  try {
    const query = { scope: "swarm" };
    const { Id, Driver } = await ctx.manager().get<WireNetworkHead>(`/networks/${name}`, { query });
    return Id ? { Id, Name: name, Scope: "swarm", Driver: Driver ?? name } : null;
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") return null;
    throw error;
  }
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
