import type { NodeRoute } from "../node-api.ts";
import type { UsageSampler } from "./usage-sampler.ts";

/** `GET /usage`: what the node and its containers use, a `UsageSample` as JSON. */
export function usageRoute(sampler: Pick<UsageSampler, "sample">): NodeRoute {
  return {
    method: "GET",
    path: "/usage",
    capability: "usage",
    async answer(_request, response) {
      const sample = await sampler.sample();
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(sample));
    },
  };
}
