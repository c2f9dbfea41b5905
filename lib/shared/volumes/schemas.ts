import { z } from "zod";
import { mostUploadBytes } from "./files.ts";

/** Input schemas of the API of volumes. */

const node = z.string().min(1).max(255);
const flag = z.enum(["0", "1"]).optional();
const name = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_.-]{1,254}$/,
    "two characters at least: letters, digits, and _ . - after the first",
  );
const pairs = z
  .record(z.string().min(1).max(256), z.string().max(4_096))
  .refine((value) => Object.keys(value).length <= 100, "at most 100")
  .optional();
/** As `file-path.ts` writes it: names with `/` in between; the agent judges it. */
const path = z.string().max(16_384);

/** `sizes=1` measures, which makes every engine look at every file. */
export const volumeListQuery = z.strictObject({ node: node.optional(), sizes: flag });
/** Names are unique on a node only. */
export const volumeQuery = z.strictObject({ node });
export const volumeCreateBody = z.strictObject({
  node,
  name,
  driver: z.string().min(1).max(255).optional(),
  options: pairs,
  labels: pairs,
});
export type VolumeCreate = z.output<typeof volumeCreateBody>;
export const unusedVolumesBody = z.strictObject({
  volumes: z
    .array(z.strictObject({ node, name: z.string().min(1).max(255) }))
    .min(1)
    .max(2_000),
});
export const fileListQuery = z.strictObject({
  node,
  path: path.optional(),
  from: z.coerce.number().int().min(0).optional(),
});
export const fileQuery = z.strictObject({ node, path });
export const fileUploadQuery = z.strictObject({
  node,
  path,
  /** Bytes: what arrives otherwise is refused. */
  size: z.coerce.number().int().min(0).max(mostUploadBytes),
  replace: flag,
});
/** `all=1`: a folder with everything in it. */
export const fileRemoveQuery = z.strictObject({ node, path, all: flag });
export const folderBody = z.strictObject({ path });
export const fileRenameBody = z.strictObject({ path, to: z.string().min(1).max(765) });
