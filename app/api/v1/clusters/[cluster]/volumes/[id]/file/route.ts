import { downloadAnswer, volumeCall } from "#lib/web/volume-call.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("downloadVolumeFile", async (call) => {
  const { path } = call.query;
  const { volumes, ref } = volumeCall(call, { path });
  return downloadAnswer(await volumes.download(ref, path, call.request.signal), path);
});

export const POST = withApi("uploadVolumeFile", async (call) => {
  const { path, size, replace } = call.query;
  const { volumes, ref } = volumeCall(call, { path, size });
  const { body, signal } = call.request;
  await volumes.upload(ref, path, { body, signal, size, replace: replace === "1" });
});

export const DELETE = withApi("removeVolumeFile", async (call) => {
  const { path, all } = call.query;
  const { volumes, ref } = volumeCall(call, { path });
  await volumes.removeFile(ref, path, all === "1");
});
