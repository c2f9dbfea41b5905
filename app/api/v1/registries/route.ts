import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listRegistries", ({ runtime }) => ({ items: runtime.registries.list() }));

export const POST = withApi("createRegistry", ({ runtime, body, audit }) => {
  const { name, kind, address, user, clusters } = body;
  audit(`registry ${name}`, { kind, address, user, ...(clusters && { clusters: clusters.join(", ") }) });
  for (const cluster of clusters ?? []) runtime.clusters.get(cluster);
  return { item: runtime.registries.create(body), warnings: [] };
});
