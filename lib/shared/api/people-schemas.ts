import { z } from "zod";
import { accessRoles, roles } from "../roles.ts";
import { auditResults } from "./people-types.ts";
import { accountName, newPassword } from "./schemas.ts";

/** Input schemas of the operations about people and the audit log. */

const mostClusters = 200;
/** The role everywhere; `none`: only what `clusters` gives. */
const role = z.enum(accessRoles);
const clusterId = z.string().min(1).max(64);
/** Where another role, or none, holds: by the id of the cluster. It replaces what was there before. */
const clusters = z
  .record(clusterId, role)
  .refine((given) => Object.keys(given).length <= mostClusters, `at most ${mostClusters} clusters`);
const password = z.string().min(1).max(1000);

export const createUserBody = z.strictObject({
  name: accountName,
  role,
  clusters: clusters.optional(),
  /** Without it a password is made, and answered once. */
  password: newPassword.optional(),
});
export const patchUserBody = z.strictObject({
  name: accountName.optional(),
  role: role.optional(),
  clusters: clusters.optional(),
  disabled: z.boolean().optional(),
});
export const resetPasswordBody = z.strictObject({ password: newPassword.optional() });

export const createTokenBody = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(64)
    .regex(/^\P{Cc}+$/u, "no line breaks or other control characters"),
  role: z.enum(roles),
  /** Ids of the only clusters it is for; without it the token goes as far as its owner. */
  clusters: z.array(clusterId).min(1).max(mostClusters).optional(),
  /** Days from now; null: never. */
  expiresInDays: z.number().int().min(1).max(3650).nullable(),
});

export const currentPasswordBody = z.strictObject({ current: password });
export const codeBody = z.strictObject({ code: z.string().trim().min(6).max(32) });

/** Several values in one parameter, with commas between. */
const list = <Value extends z.ZodType<string, string>>(value: Value) =>
  z
    .string()
    .max(2000)
    .transform((text) => text.split(",").filter((part) => part !== ""))
    .pipe(z.array(value).max(100));
const moment = z
  .string()
  .max(64)
  .refine((text) => !Number.isNaN(Date.parse(text)), "a date, or date and time, as in ISO 8601")
  .transform((text) => Date.parse(text));
const auditFilter = {
  who: z.string().max(255).optional(),
  action: list(z.string().max(64)).optional(),
  object: z.string().max(255).optional(),
  result: list(z.enum(auditResults)).optional(),
  from: moment.optional(),
  to: moment.optional(),
};
const wholeNumber = z
  .string()
  .regex(/^\d{1,15}$/, "a whole number")
  .transform(Number);

export const auditQuery = z.strictObject({
  ...auditFilter,
  /** Rows older than the row with this id. */
  before: wholeNumber.optional(),
  limit: wholeNumber.pipe(z.number().min(1).max(500)).optional(),
});
export const auditExportQuery = z.strictObject({ ...auditFilter, format: z.enum(["csv", "ndjson"]) });
