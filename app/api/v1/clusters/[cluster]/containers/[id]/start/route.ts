import { actOnContainer } from "#lib/web/container-action.ts";
import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("startContainer", (call) => actOnContainer("start", call));
