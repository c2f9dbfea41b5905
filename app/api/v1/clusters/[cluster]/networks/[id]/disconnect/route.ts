import { networkCall } from "#lib/web/network-call.ts";
import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("disconnectNetwork", async (call) => {
  const { networks, ref } = networkCall(call, { container: call.body.container });
  await networks.disconnect(ref, call.body);
});
