import { randomBytes } from "node:crypto";
import { t } from "#lib/shared/i18n/translate.ts";
import type { FileKind } from "#lib/shared/swarm-files/limits.ts";
import { nextName } from "#lib/shared/swarm-files/next-name.ts";
import type { FileUse, RotationPlan, RotationView } from "#lib/shared/swarm-files/types.ts";
import { selfServiceWarning } from "../actions/self.ts";
import { fileDetail } from "./file-detail.ts";
import { type FileContext, type FileItem, filesOf, forgetFiles } from "./find-file.ts";

const random = (digits: number) =>
  randomBytes(Math.ceil(digits / 2))
    .toString("hex")
    .slice(0, digits);

/** Read anew: what a rotation of it would do. */
export async function planRotation(
  ctx: FileContext,
  kind: FileKind,
  ref: string,
  all: readonly RotationView[],
): Promise<RotationPlan & { readonly item: FileItem }> {
  forgetFiles(ctx, kind);
  const { item, uses } = await fileDetail(ctx, kind, ref, []);
  const names = (await filesOf(ctx, kind)).map(({ name }) => name);
  return {
    item,
    name: nextName(item.name, names, random),
    uses,
    warnings: warningsOf(ctx, item, uses),
    refusal: refusalOf(item, all),
  };
}

function warningsOf(ctx: FileContext, item: FileItem, uses: readonly FileUse[]): readonly string[] {
  const self = uses
    .map(({ service }) => selfServiceWarning(service, ctx.actions.self(), "restart"))
    .find((text) => text !== null);
  return [
    ...(self ? [self] : []),
    // Only the swarm is changed: the file of the stack still says the old name.
    ...(item.stack === null ? [] : [t("files.rotate.stack", { stack: item.stack, name: item.name })]),
  ];
}

function refusalOf(item: FileItem, all: readonly RotationView[]): string | null {
  if ("driver" in item && item.driver !== null) {
    return t("files.rotate.external", { name: item.name, driver: item.driver });
  }
  const running = all.find(
    ({ state, from, to }) => state === "running" && [from.id, to.id].includes(item.id),
  );
  return running ? t("files.rotate.running", { name: item.name }) : null;
}
