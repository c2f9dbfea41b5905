import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getSetup", ({ runtime }) => ({ needed: runtime.auth.needsSetup() }));

export const POST = withApi("createFirstAccount", async ({ runtime, address, body, audit }) => {
  audit(`account ${body.name}`);
  await runtime.auth.setup(body, address);
});
