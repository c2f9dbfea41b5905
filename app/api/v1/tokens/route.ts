import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listTokens", ({ runtime }) => ({ items: runtime.people.listTokens() }));
