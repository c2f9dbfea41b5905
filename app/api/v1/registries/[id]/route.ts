import { withApi } from "#lib/web/with-api.ts";

export const PATCH = withApi("patchRegistry", ({ runtime, params, body, audit }) => {
  const { registries, clusters } = runtime;
  const { password, ...facts } = body;
  audit(`registry ${registries.get(params.id).name}`, {
    ...facts,
    ...(facts.clusters && { clusters: facts.clusters.join(", ") }),
    ...(password !== undefined && { login: "changed" }),
  });
  for (const cluster of body.clusters ?? []) clusters.get(cluster);
  return { item: registries.update(params.id, body), warnings: [] };
});

export const DELETE = withApi("removeRegistry", ({ runtime, params, audit }) => {
  const { registries } = runtime;
  audit(`registry ${registries.get(params.id).name}`);
  registries.remove(params.id);
});
