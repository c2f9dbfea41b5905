import type { Engine } from "#lib/server/docker/engine.ts";
import type { WireNode, WireService } from "#lib/server/docker/wire.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ActionContext } from "./context.ts";

/** A leader election makes managers answer after 12 to 20 s; reading before a write waits for it. */
export const patientReadMs = 30_000;

/** An object found on the engine, with its JSON text as the engine wrote it. */
export interface Found<T> {
  readonly engine: Engine;
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly value: T;
}

type Kind = "service" | "node" | "task" | "config" | "secret";

/** What Docker allows in ids and names; anything else would be another path. */
const safeRef = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$/;

/** Reads a service by id or exact name. Throws not_found; Docker's own lookup would also take the start of an id. */
export function findService(ctx: ActionContext, ref: string): Promise<Found<WireService>> {
  const known = ctx.model().services[ref]?.id ?? byName(ctx.model().services, ref);
  return find<WireService>(ctx, "service", ref, known, (service) => service.Spec?.Name);
}

/** Reads a node by id or unique host name. Throws not_found, or conflict where two nodes share the name. */
export async function findNode(ctx: ActionContext, ref: string): Promise<Found<WireNode>> {
  const { nodes } = ctx.model();
  const named = Object.values(nodes).filter((node) => node.name === ref);
  if (!nodes[ref] && named.length > 1) {
    throw new AppError("conflict", t("actions.error.nameTwice", { name: ref, n: named.length }));
  }
  return find<WireNode>(
    ctx,
    "node",
    ref,
    nodes[ref]?.id ?? named[0]?.id,
    (node) => node.Description?.Hostname,
  );
}

/** The path of one object; throws not_found for a reference Docker could never have given. */
export function objectPath(kind: Kind, ref: string): string {
  if (!safeRef.test(ref)) throw notFound(kind, ref);
  return `/${kind}s/${ref}`;
}

/** The error for an object that is not there. */
export function notFound(kind: Kind, ref: string, cause?: unknown): AppError {
  return new AppError("not_found", t(`actions.error.no_${kind}`, { name: ref.slice(0, 100) }), { cause });
}

function byName(
  items: Readonly<Record<string, { id: string; name: string }>>,
  name: string,
): string | undefined {
  return Object.values(items).find((item) => item.name === name)?.id;
}

async function find<T extends { readonly ID?: string }>(
  ctx: ActionContext,
  kind: Kind,
  ref: string,
  knownId: string | undefined,
  nameOf: (value: T) => string | undefined,
): Promise<Found<T>> {
  const path = objectPath(kind, knownId ?? ref);
  const engine = ctx.manager();
  let text: string;
  try {
    text = await engine.getText(path, { timeoutMs: patientReadMs });
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") throw notFound(kind, ref, error);
    throw error;
  }
  const value = JSON.parse(text) as T;
  const id = value.ID ?? "";
  const name = nameOf(value) ?? id;
  if (id === "" || (id !== (knownId ?? ref) && name !== ref)) throw notFound(kind, ref);
  return { engine, id, name, text, value };
}
