import { actOnProject } from "#lib/web/project-action.ts";
import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("startProject", (call) => actOnProject("start", call));
