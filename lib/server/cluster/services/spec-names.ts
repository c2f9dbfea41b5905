import { textOf } from "#lib/server/docker/hostile.ts";
import { AppError, isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { entriesAt, textsAt, valuesAt } from "#lib/shared/policy/members.ts";
import type { ServiceEdit } from "#lib/shared/services/edit-schemas.ts";
import type { ActionContext } from "../actions/context.ts";

/** Networks that specifications name, as the swarm knows them. */
export interface KnownNetworks {
  /** Names by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly ids: ReadonlyMap<string, string>;
  /** Ids of those that are the host's own. */
  readonly hosts: ReadonlySet<string>;
}

interface WireNetworkHead {
  readonly Id?: string;
  readonly Name?: string;
  readonly Driver?: string;
}

/** Asks for each of these networks, by id or name. One that is not there is left out. */
export async function knownNetworks(
  ctx: ActionContext,
  targets: ReadonlySet<string>,
): Promise<KnownNetworks> {
  const known = {
    names: new Map<string, string>(),
    ids: new Map<string, string>(),
    hosts: new Set<string>(),
  };
  const found = await Promise.all([...targets].map((target) => swarmNetwork(ctx, target)));
  for (const network of found) {
    const [id, name] = [textOf(network?.Id), textOf(network?.Name)];
    if (id === "") continue;
    known.names.set(id, name);
    known.ids.set(name, id);
    if (network?.Driver === "host" || name === "host") known.hosts.add(id);
  }
  return known;
}

async function swarmNetwork(ctx: ActionContext, target: string): Promise<WireNetworkHead | null> {
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$/.test(target)) return null;
  try {
    return await ctx.manager().get<WireNetworkHead>(`/networks/${target}`, { query: { scope: "swarm" } });
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") return null;
    throw error;
  }
}

/** The networks a specification (parsed) names. */
export function networkTargets(spec: unknown): readonly string[] {
  return [...valuesAt(spec, "TaskTemplate", "Networks"), ...valuesAt(spec, "Networks")].flatMap((list) =>
    Array.isArray(list) ? list.flatMap((each) => textsAt(each, "Target")) : [],
  );
}

/** Networks of a list by their ids, where the swarm has them. */
function withNetworkIds(value: unknown, { ids }: KnownNetworks): unknown {
  return renamed(value, ids);
}

/** Networks of a list by their names. */
export function withNetworkNames(value: unknown, { names }: KnownNetworks): unknown {
  return renamed(value, names);
}

function renamed(value: unknown, by: ReadonlyMap<string, string>): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((each) => {
    const [target = ""] = textsAt(each, "Target");
    const other = by.get(target);
    return other === undefined ? each : { ...each, Target: other };
  });
}

/**
 * Edits as the engine takes them: networks, secrets and configs that a person names get their ids. Throws invalid_input
 * for a secret or config that is not there.
 */
export async function withIds(
  ctx: ActionContext,
  edits: readonly ServiceEdit[],
): Promise<readonly ServiceEdit[]> {
  const targets = edits.flatMap((edit) =>
    edit.field === "networks"
      ? [edit.value, edit.before].flatMap((list) => networkTargets({ Networks: list }))
      : [],
  );
  const networks = await knownNetworks(ctx, new Set(targets));
  const done: ServiceEdit[] = [];
  for (const edit of edits) {
    if (edit.field === "networks") {
      const before = "before" in edit && { before: withNetworkIds(edit.before, networks) };
      done.push({ ...edit, ...before, value: withNetworkIds(edit.value, networks) } as ServiceEdit);
    } else if (edit.field === "secrets" || edit.field === "configs") {
      done.push({ ...edit, value: await withFileIds(ctx, edit) } as ServiceEdit);
    } else done.push(edit);
  }
  return done;
}

async function withFileIds(
  ctx: ActionContext,
  { field, value }: Extract<ServiceEdit, { field: "secrets" | "configs" }>,
): Promise<unknown> {
  const kind = field === "secrets" ? "Secret" : "Config";
  const items = (value ?? []) as readonly Readonly<Record<string, unknown>>[];
  if (items.every((item) => textOf(item[`${kind}ID`]) !== "")) return value;
  const all = await ctx
    .manager()
    .get<readonly { readonly ID?: string; readonly Spec?: { readonly Name?: string } }[]>(`/${field}`);
  return items.map((item) => {
    if (textOf(item[`${kind}ID`]) !== "") return item;
    const name = textOf(item[`${kind}Name`]);
    const id = all.find(({ Spec }) => Spec?.Name === name)?.ID;
    if (id === undefined) {
      throw new AppError("invalid_input", t(`edit.error.no${kind}`, { name }), {
        details: { fields: { [field]: t(`edit.error.no${kind}`, { name }) } },
      });
    }
    return { ...item, [`${kind}ID`]: id };
  });
}

/** The mode of a service: the key under `Mode` that is set. */
export function modeKey(spec: unknown): string {
  return entriesAt(spec, "Mode").find(([, value]) => value !== null)?.[0] ?? "Replicated";
}
