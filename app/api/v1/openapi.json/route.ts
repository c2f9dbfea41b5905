import { openApiDocument } from "#lib/shared/api/openapi.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getOpenApi", async ({ runtime }) => openApiDocument(runtime.build));
