import type { ConfigItem, SecretItem } from "#lib/shared/api/resource-types.ts";
import { AppError } from "#lib/shared/errors.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import { type FileKind, nameProblem, sizeProblem } from "#lib/shared/swarm-files/limits.ts";
import type { ActionContext } from "../actions/context.ts";
import { notFound } from "../actions/object-ref.ts";
import type { Resources } from "../resources/resources.ts";

/** What reads and writes of secrets and configs need of their cluster. */
export interface FileContext {
  readonly actions: ActionContext;
  readonly resources: Resources;
  readonly model: () => ClusterModel;
}

export type FileItem = SecretItem | ConfigItem;

/** `secrets`, as the engine's paths and our reads call them. */
export const pluralOf = (kind: FileKind) => `${kind}s` as const;

export function filesOf({ resources }: FileContext, kind: FileKind): Promise<readonly FileItem[]> {
  return kind === "secret" ? resources.secrets() : resources.configs();
}

/** By id or exact name. Throws not_found. */
export async function findFile(ctx: FileContext, kind: FileKind, ref: string): Promise<FileItem> {
  const items = await filesOf(ctx, kind);
  const found = items.find(({ id }) => id === ref) ?? items.find(({ name }) => name === ref);
  if (!found) throw notFound(kind, ref);
  return found;
}

/** What was read is not good enough to decide a change by. */
export function forgetFiles({ resources }: FileContext, kind: FileKind): void {
  resources.forget(pluralOf(kind), "services");
}

/** Swarm's own limits, said before anything is sent. Throws invalid_input with `fields`, or conflict for a taken name. */
export function refuseBadFile(
  kind: FileKind,
  file: { readonly name: string; readonly data: string },
  known: readonly FileItem[],
): void {
  const badSize = sizeProblem(kind, Buffer.from(file.data, "base64").length);
  if (badSize !== null) {
    const text = say(t, badSize);
    throw new AppError("invalid_input", text, { details: { fields: { data: text } } });
  }
  const names = known.map(({ name }) => name);
  const badName = nameProblem(kind, file.name, names);
  if (badName === null) return;
  const text = say(t, badName);
  const code = names.includes(file.name) ? "conflict" : "invalid_input";
  throw new AppError(code, text, { details: { fields: { name: text } } });
}
