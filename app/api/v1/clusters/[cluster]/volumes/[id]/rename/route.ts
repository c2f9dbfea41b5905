import { volumeCall } from "#lib/web/volume-call.ts";
import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("renameVolumeFile", async (call) => {
  const { path, to } = call.body;
  const { volumes, ref } = volumeCall(call, { path, to });
  await volumes.rename(ref, path, to);
});
