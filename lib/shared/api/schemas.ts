import { z } from "zod";
import { operationStates } from "./history.ts";

/** Input schemas of the HTTP API, one place for routes, OpenAPI and forms. */

/** The name of an account. */
export const accountName = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.@-]*$/, "letters, digits, and _ . @ - after the first");
const passwordBytes = (value: string) => new TextEncoder().encode(value).length;
/** A new password: at least 10 characters, at most 72 bytes (bcrypt reads no further). */
export const newPassword = z
  .string()
  .refine((value) => [...value].length >= 10, "at least 10 characters")
  .refine((value) => passwordBytes(value) <= 72, "at most 72 bytes");

export const emptyBody = z.strictObject({});
export const setupBody = z.strictObject({
  code: z.string().trim().min(1).max(64),
  name: accountName,
  password: newPassword,
});
export const changePasswordBody = z.strictObject({ current: z.string().min(1).max(1000), next: newPassword });

/**
 * Consent to something that hurts this very page (acting on Shoal itself) or that the answer `confirmation_needed`
 * asked for: the exact name of the object.
 */
const confirm = z.string().max(255).optional();
export const scaleBody = z.strictObject({ replicas: z.number().int().min(0).max(100_000), confirm });
export const restartBody = z.strictObject({ confirm });
export const removeQuery = z.strictObject({ confirm });
const labels = z
  .record(z.string().min(1).max(256), z.string().max(100_000))
  .refine((value) => Object.keys(value).length <= 200, "at most 200 labels");
export const nodePatchBody = z.strictObject({
  availability: z.enum(["active", "pause", "drain"]).optional(),
  role: z.enum(["manager", "worker"]).optional(),
  labels: labels.optional(),
  /** With `labels`: the labels the editor was opened with; a label somebody else changed since is a 409. */
  labelsBefore: labels.optional(),
  confirm,
});
export const clusterNameBody = z.strictObject({ name: z.string().trim().min(1).max(60) });
/** Hours until the new join key expires; null: it does not. */
export const joinRotateBody = z.strictObject({ hours: z.number().int().min(1).max(8_760).nullable() });
export const nodeRemoveQuery = z.strictObject({ force: z.enum(["true", "false"]).optional(), confirm });
const address = z
  .string()
  .trim()
  .min(1)
  .max(128)
  .regex(/^[A-Za-z0-9_.:[\]%-]+$/, "an IP address or a network interface, with an optional port");
export const swarmInitBody = z.strictObject({ advertiseAddr: address, listenAddr: address.optional() });
export const swarmUnlockBody = z.strictObject({ key: z.string().trim().min(1).max(200) });
export const swarmLeaveBody = z.strictObject({ force: z.boolean().optional(), confirm });
export const rotateBody = z.strictObject({ target: z.enum(["worker", "manager", "unlock-key", "ca"]) });
export const swarmPatchBody = z.strictObject({
  autolock: z.boolean().optional(),
  taskHistoryLimit: z.number().int().min(0).max(1000).optional(),
  /** Validity of node certificates, in hours; Docker's least is 1. */
  nodeCertExpiryHours: z.number().int().min(1).max(876_000).optional(),
});
export const listQuery = z.strictObject({
  stack: z.string().max(255).optional(),
  service: z.string().max(255).optional(),
  node: z.string().max(255).optional(),
  state: z.string().max(64).optional(),
});
export const taskListQuery = listQuery.extend({
  /** Also the earlier tasks that the swarm remembers. */
  history: z.enum(["1"]).optional(),
});

const revision = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const revisionText = z
  .string()
  .regex(/^\d{1,15}$/, "the number of a revision")
  .transform(Number);
export const rollbackBody = z.strictObject({
  revision,
  /** The revision that was seen as the present one; when it is not any more, it is a 409. */
  current: revision.optional(),
  confirm,
});
export const revisionDiffQuery = z.strictObject({ from: revisionText, to: revisionText });
export const operationsQuery = z.strictObject({
  service: z.string().max(255).optional(),
  state: z.enum(operationStates).optional(),
  /** Only operations before this one: the next page. */
  before: revisionText.optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/, "a number from 1 to 200")
    .transform(Number)
    .refine((value) => value >= 1 && value <= 200, "a number from 1 to 200")
    .optional(),
});
