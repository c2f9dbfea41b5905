import { actOnProject } from "#lib/web/project-action.ts";
import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("pullProject", (call) => actOnProject("pull", call));
