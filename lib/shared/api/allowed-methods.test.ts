import { expect, it } from "vitest";
import { allowedMethods } from "./allowed-methods.ts";

it.each([
  ["/api/v1/clusters", ["GET", "HEAD", "POST", "OPTIONS"]],
  ["/api/v1/clusters/local/services/web_api", ["GET", "HEAD", "PATCH", "DELETE", "OPTIONS"]],
  ["/api/v1/clusters/local/services/web_api/scale", ["POST", "OPTIONS"]],
  ["/api/v1/clusters/local/services/web_api/scale/", ["POST", "OPTIONS"]],
  ["/api/v1/clusters/local/agents/join", ["GET", "HEAD", "OPTIONS"]],
  ["/api/v1/clusters/local/agents/agent-1", ["DELETE", "OPTIONS"]],
  ["/api/v1/openapi.json", ["GET", "HEAD", "OPTIONS"]],
  ["/api/v1/openapiXjson", null],
  ["/api/v1/clusters/local/services/a/b/scale", null],
  ["/api/v1", null],
  ["/sign-in", null],
])("%s takes %j", (path, methods) => {
  expect(allowedMethods(path)).toEqual(methods);
});
