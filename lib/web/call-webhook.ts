import type { ApiContext } from "./with-api.ts";

/** Does what a webhook is for, as the webhook: the audit row says which one, never its secret. */
export async function callWebhook(
  { runtime, address, query, audit, actAs }: ApiContext<"callWebhook">,
  token: string,
): Promise<Response> {
  // Until it is known whose secret it is, the row names nothing of it.
  const answer = await runtime.webhooks.call(token, address, query, (caller, cluster, object) => {
    actAs(caller, cluster);
    audit(object, query.tag === undefined ? undefined : { tag: query.tag });
  });
  return Response.json(answer, { status: 202, headers: { "cache-control": "no-store" } });
}
