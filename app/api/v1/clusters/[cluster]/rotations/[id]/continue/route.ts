import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("continueRotation", async ({ runtime, caller, params, audit }) => {
  const { files } = runtime.clusters.get(params.cluster);
  const { kind, from, to } = files.rotation(params.id);
  audit(`${kind} ${from.name}`, { to: to.name });
  return Response.json(await files.continueRotation(caller, params.id), { status: 202 });
});
