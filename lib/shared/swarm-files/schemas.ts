import { z } from "zod";
import { isFileName } from "./limits.ts";

/** Input schemas of secrets and configs. What is in them is judged by `limits.ts`, and never quoted. */

const name = z.string().min(1).max(255);
const newName = z
  .string()
  .refine(isFileName, "1 to 64 letters, digits and - _ . with a letter or a digit at both ends");
const labels = z
  .record(z.string().min(1).max(256), z.string().max(4_096))
  .refine((value) => Object.keys(value).length <= 100, "at most 100");
/** The bytes, base64. */
const data = z.base64("base64").max(1_400_000);

export const fileCreateBody = z.strictObject({ name: newName, data, labels: labels.optional() });
export type FileCreate = z.output<typeof fileCreateBody>;
export const fileLabelsBody = z.strictObject({
  labels,
  /** The labels the editor was opened with; a label somebody else changed since is a 409. */
  labelsBefore: labels.optional(),
});
export type FileLabels = z.output<typeof fileLabelsBody>;

export const fileRotateBody = z.strictObject({
  data,
  /** Left out: the next version of the old name. */
  name: newName.optional(),
  /** Removes the old one when every service runs with the new one. Default true. */
  removeOld: z.boolean().optional(),
  /** Exact names of what was agreed to, such as Shoal's own service. */
  confirm: name.optional(),
});
export type FileRotate = z.output<typeof fileRotateBody>;
