import { volumeCall } from "#lib/web/volume-call.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listVolumeFiles", (call) => {
  const { path = "", from = 0 } = call.query;
  const { volumes, ref } = volumeCall(call, { path });
  return volumes.files(ref, path, from);
});
