import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("previewImagePrune", ({ runtime, params, body }) =>
  runtime.clusters.get(params.cluster).images.previewPrune(body),
);
