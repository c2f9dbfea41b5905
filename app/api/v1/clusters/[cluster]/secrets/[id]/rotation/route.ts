import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("planSecretRotation", ({ runtime, params }) =>
  runtime.clusters.get(params.cluster).files.plan("secret", params.id),
);
