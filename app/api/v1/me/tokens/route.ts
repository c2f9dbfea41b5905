import { withApi } from "#lib/web/with-api.ts";

const dayMs = 86_400_000;

export const GET = withApi("listOwnTokens", ({ runtime, caller }) => ({
  items: runtime.people.ownTokens(caller),
}));

export const POST = withApi("createOwnToken", ({ runtime, caller, body, audit }) => {
  const { name, role, clusters, expiresInDays } = body;
  for (const id of clusters ?? []) runtime.clusters.get(id);
  const expiresAt = expiresInDays === null ? null : Date.now() + expiresInDays * dayMs;
  const expires = expiresAt === null ? "never" : new Date(expiresAt).toISOString();
  audit(`token ${name}`, { role, ...(clusters && { clusters }), expires });
  return runtime.people.createOwnToken(caller, { name, role, clusters, expiresAt });
});
