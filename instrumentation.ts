import type { Instrumentation } from "next";
import { getRuntime } from "#lib/web/get-runtime.ts";

/**
 * What a page or a route throws and nobody catches, into the server's log. Next prints only the error itself,
 * not the request that met it. The query stays out: it may hold what people searched for.
 */
export const onRequestError: Instrumentation.onRequestError = (error, request, context) => {
  const { digest } = error as { digest?: unknown };
  getRuntime().log.error(
    {
      err: error,
      method: request.method,
      path: request.path.split("?")[0],
      route: context.routePath,
      ...(typeof digest === "string" ? { digest } : {}),
    },
    `${context.routeType} failed`,
  );
};
