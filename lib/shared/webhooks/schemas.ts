import { z } from "zod";
import { webhookKinds } from "./types.ts";

/** Whose webhooks are listed. */
export const webhooksQuery = z.strictObject({
  kind: z.enum(webhookKinds).optional(),
  object: z.string().min(1).max(200).optional(),
});

export const newWebhookBody = z.strictObject({
  kind: z.enum(webhookKinds),
  object: z.string().min(1).max(200).describe("Id or name of the service, or the name of the stack"),
  name: z.string().trim().min(1).max(64).describe("What it is for"),
});

/** A tag as registries allow it. */
const imageTag = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/);

export const hookQuery = z.strictObject({
  tag: imageTag
    .optional()
    .describe("Another tag of a service's image; of a stack, the variable TAG of its files"),
});

export const redeployBody = z.strictObject({
  tag: imageTag.optional().describe("Another tag of the same image; the present one when left out"),
  confirm: z.string().max(200).optional(),
});
