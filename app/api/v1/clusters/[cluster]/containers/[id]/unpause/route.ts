import { actOnContainer } from "#lib/web/container-action.ts";
import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("unpauseContainer", (call) => actOnContainer("unpause", call));
