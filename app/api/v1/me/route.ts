import { shownClusters } from "#lib/shared/access.ts";
import type { Me } from "#lib/shared/api/types.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi(
  "getMe",
  ({ caller: { userId, name, access, via } }): Me => ({
    id: userId,
    name,
    role: access.role,
    clusters: shownClusters(access),
    via: via === "session" ? via : "token",
  }),
);
