import { mayDo } from "#lib/shared/roles.ts";
import { volumeCall } from "#lib/web/volume-call.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getVolume", async (call) => {
  const { volumes, ref } = volumeCall(call);
  const detail = await volumes.detail(ref);
  // Options may hold the password of a share.
  return mayDo(call.caller.role, "volume.create") ? detail : { ...detail, options: {} };
});

export const DELETE = withApi("removeVolume", async (call) => {
  const { volumes, ref } = volumeCall(call);
  await volumes.remove(ref);
});
