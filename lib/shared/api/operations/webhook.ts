import { hookQuery, newWebhookBody, webhooksQuery } from "../../webhooks/schemas.ts";
import type { Operation } from "../operation.ts";

const webhooks = "/clusters/{cluster}/webhooks";
const hooks = {
  method: "POST",
  permission: "public",
  ownCredential: true,
  query: hookQuery,
  audit: "webhook.call",
} as const;

/** Inbound webhooks: other programs deploy again what they were made for. */
export const webhookOperations = {
  listWebhooks: {
    method: "GET",
    path: webhooks,
    permission: "webhook.manage",
    summary: "Inbound webhooks, without their secrets",
    query: webhooksQuery,
  },
  createWebhook: {
    method: "POST",
    path: webhooks,
    permission: "webhook.manage",
    summary: "Make a webhook; its secret is answered this once",
    body: newWebhookBody,
    audit: "webhook.create",
  },
  removeWebhook: {
    method: "DELETE",
    path: `${webhooks}/{id}`,
    permission: "webhook.manage",
    summary: "Revoke a webhook",
    audit: "webhook.remove",
  },
  callWebhook: {
    ...hooks,
    path: "/hooks",
    summary:
      "Deploy again what the webhook in the Authorization header (Bearer) is for, optionally with another tag",
  },
  callWebhookByPath: {
    ...hooks,
    path: "/hooks/{token}",
    summary: "The same for senders that cannot set a header",
  },
} as const satisfies Record<string, Operation>;
