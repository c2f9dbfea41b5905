import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listUsers", ({ runtime }) => ({ items: runtime.people.listUsers() }));

export const POST = withApi("createUser", ({ runtime, body, audit }) => {
  audit(`account ${body.name}`, { role: body.role });
  return runtime.people.createUser(body);
});
