import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listUsers", ({ runtime }) => ({ items: runtime.people.listUsers() }));

export const POST = withApi("createUser", ({ runtime, body, audit }) => {
  const { name, role, clusters = {} } = body;
  for (const id of Object.keys(clusters)) runtime.clusters.get(id);
  audit(`account ${name}`, { role, ...(Object.keys(clusters).length > 0 && { clusters }) });
  return runtime.people.createUser(body);
});
