import { withApi } from "#lib/web/with-api.ts";

const dayMs = 86_400_000;

export const GET = withApi("listOwnTokens", ({ runtime, caller }) => ({
  items: runtime.people.ownTokens(caller),
}));

export const POST = withApi("createOwnToken", ({ runtime, caller, body, audit }) => {
  const { name, role, expiresInDays } = body;
  const expiresAt = expiresInDays === null ? null : Date.now() + expiresInDays * dayMs;
  audit(`token ${name}`, { role, expires: expiresAt === null ? "never" : new Date(expiresAt).toISOString() });
  return runtime.people.createOwnToken(caller, { name, role, expiresAt });
});
