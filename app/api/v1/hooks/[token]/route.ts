import { callWebhook } from "#lib/web/call-webhook.ts";
import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("callWebhookByPath", (context) => callWebhook(context, context.params.token));
