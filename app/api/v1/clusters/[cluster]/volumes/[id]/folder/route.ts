import { volumeCall } from "#lib/web/volume-call.ts";
import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("makeVolumeFolder", async (call) => {
  const { path } = call.body;
  const { volumes, ref } = volumeCall(call, { path });
  await volumes.makeFolder(ref, path);
});
