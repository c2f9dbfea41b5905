import { actOnProject } from "#lib/web/project-action.ts";
import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("stopProject", (call) => actOnProject("stop", call));
