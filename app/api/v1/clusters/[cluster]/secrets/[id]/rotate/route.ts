import { rotateFile } from "#lib/web/file-call.ts";
import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("rotateSecret", (call) => rotateFile("secret", call));
