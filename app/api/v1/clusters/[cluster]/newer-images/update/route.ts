import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("updateNewerImages", async ({ runtime, caller, params, body, audit }) => {
  const { newer } = runtime.clusters.get(params.cluster);
  const names = new Map(newer.get().items.map(({ service }) => [service.id, service.name]));
  const services = body.services.map(({ service }) => names.get(service) ?? service).join(", ");
  audit(`services ${services}`, {
    digests: body.services.map(({ digest }) => digest.slice(0, 19)).join(", "),
  });
  return { items: await newer.update(caller, body.services, body.confirm) };
});
