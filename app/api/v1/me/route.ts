import type { Me } from "#lib/shared/api/types.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi(
  "getMe",
  ({ caller }): Me => ({ id: caller.userId, name: caller.name, role: caller.role, via: caller.via }),
);
