import { actOnProject } from "#lib/web/project-action.ts";
import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("restartProject", (call) => actOnProject("restart", call));
