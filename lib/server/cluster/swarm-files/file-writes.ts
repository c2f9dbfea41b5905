import type { Caller } from "#lib/server/runtime-types.ts";
import type { WriteAnswer } from "#lib/shared/api/types.ts";
import { AppError, isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { FileKind } from "#lib/shared/swarm-files/limits.ts";
import type { FileCreate, FileLabels } from "#lib/shared/swarm-files/schemas.ts";
import { changeSpec } from "../actions/change-spec.ts";
import { labelEdits } from "../actions/label-edits.ts";
import { objectPath } from "../actions/object-ref.ts";
import {
  type FileContext,
  type FileItem,
  filesOf,
  findFile,
  forgetFiles,
  pluralOf,
  refuseBadFile,
} from "./find-file.ts";

/** The manager that was asked to make one may know it a moment before the one that is asked next. */
const looks = { times: 5, pauseMs: 200 };

/** Makes a secret or config. Throws invalid_input with `fields`, and conflict for a name that is taken. */
export async function createFile(
  ctx: FileContext,
  kind: FileKind,
  { name, data, labels = {} }: FileCreate,
): Promise<WriteAnswer<FileItem>> {
  forgetFiles(ctx, kind);
  refuseBadFile(kind, { name, data }, await filesOf(ctx, kind));
  const id = await postFile(ctx, kind, JSON.stringify({ Name: name, Labels: labels, Data: data }));
  return { item: await appeared(ctx, kind, id), warnings: [] };
}

/** Sends the specification of a new one and answers its id. Never repeated: a second try would find the name taken. */
export async function postFile(ctx: FileContext, kind: FileKind, spec: string): Promise<string> {
  try {
    const answer = await ctx.actions.manager().send("POST", `/${pluralOf(kind)}/create`, { body: spec });
    return (JSON.parse(answer) as { ID: string }).ID;
  } finally {
    forgetFiles(ctx, kind);
  }
}

async function appeared(ctx: FileContext, kind: FileKind, id: string): Promise<FileItem | null> {
  for (let look = 0; look < looks.times; look += 1) {
    forgetFiles(ctx, kind);
    try {
      return await findFile(ctx, kind, id);
    } catch (error) {
      if (!isAppError(error)) throw error;
    }
    await ctx.actions.sleep(looks.pauseMs);
  }
  // It is made; that it cannot be read now is no failure of the making.
  return null;
}

/** Labels are merged one by one against those the editor was opened with. */
export async function changeLabels(
  ctx: FileContext,
  caller: Caller,
  kind: FileKind,
  ref: string,
  input: FileLabels,
): Promise<WriteAnswer<FileItem>> {
  forgetFiles(ctx, kind);
  const { id, name, labels } = await findFile(ctx, kind, ref);
  const target = { kind, id, name, path: objectPath(kind, id), action: `${kind}.labels` };
  await changeSpec(
    ctx.actions,
    caller,
    target,
    labelEdits(input.labelsBefore ?? labels, input.labels, labels),
  );
  return { item: await appeared(ctx, kind, id), warnings: [] };
}

/** Removes one that no service uses. Throws conflict with who does. */
export async function removeFile(ctx: FileContext, kind: FileKind, ref: string): Promise<void> {
  forgetFiles(ctx, kind);
  const { id, name, usedBy } = await findFile(ctx, kind, ref);
  if (usedBy.length > 0) {
    const services = usedBy.map((each) => each.name).join(", ");
    throw new AppError("conflict", t("files.error.used", { name, services, n: usedBy.length }));
  }
  try {
    await ctx.actions.manager().send("DELETE", objectPath(kind, id));
  } finally {
    forgetFiles(ctx, kind);
  }
}
