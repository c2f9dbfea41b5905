import { callWebhook } from "#lib/web/call-webhook.ts";
import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("callWebhook", (context) => {
  const bearer = /^bearer\s+(\S+)\s*$/i.exec(context.request.headers.get("authorization") ?? "");
  return callWebhook(context, bearer?.[1] ?? "");
});
