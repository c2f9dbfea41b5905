import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("exportService", async ({ runtime, params, query, audit }) => {
  audit(`service ${params.id}`, { as: query.as });
  const text = await runtime.clusters.get(params.cluster).exportService(params.id, query.as);
  const type = query.as === "cli" ? "text/plain" : "application/yaml";
  return new Response(text, { headers: { "content-type": `${type}; charset=utf-8` } });
});
