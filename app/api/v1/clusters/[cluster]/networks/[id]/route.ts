import { networkCall } from "#lib/web/network-call.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getNetwork", (call) => {
  const { networks, ref } = networkCall(call);
  return networks.detail(ref);
});

export const DELETE = withApi("removeNetwork", async (call) => {
  const { networks, ref } = networkCall(call);
  await networks.remove(ref);
});
