import { differences } from "#lib/web/differences.ts";
import { withApi } from "#lib/web/with-api.ts";

export const PATCH = withApi("patchUser", ({ runtime, params, body, audit }) => {
  const before = runtime.people.user(params.id);
  const { clusters = {} } = body;
  // One that is away for now, as a demo may be, keeps what was said of it.
  for (const id of Object.keys(clusters)) if (!Object.hasOwn(before.clusters, id)) runtime.clusters.get(id);
  audit(`account ${before.name}`, differences(before, body));
  return { item: runtime.people.changeUser(before.id, body) };
});

export const DELETE = withApi("removeUser", ({ runtime, params, audit }) => {
  const { id, name, role } = runtime.people.user(params.id);
  audit(`account ${name}`, { role });
  runtime.people.removeUser(id);
});
