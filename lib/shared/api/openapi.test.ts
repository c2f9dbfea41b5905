import { describe, expect, it } from "vitest";
import { openApiDocument } from "./openapi.ts";
import { operations } from "./operations.ts";

const document = openApiDocument("1.2.3") as {
  paths: Record<
    string,
    Record<
      string,
      {
        operationId: string;
        parameters: { name: string; in: string }[];
        responses: { "200": { content: object } };
      }
    >
  >;
};

describe("openApiDocument", () => {
  it("has every operation exactly once", () => {
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map((o) => o.operationId),
    );
    expect(ids.sort()).toEqual(Object.keys(operations).sort());
  });

  it("names path and query parameters", () => {
    const { parameters } = document.paths["/api/v1/clusters/{cluster}/services"]?.get ?? { parameters: [] };
    expect(parameters.map((p) => `${p.in}:${p.name}`)).toEqual([
      "path:cluster", "query:stack", "query:service", "query:node", "query:state",
    ]); // biome-ignore format: one line per group
  });

  it("says which answers are no JSON", () => {
    const answerOf = (path: string) =>
      Object.keys(document.paths[`/api/v1${path}`]?.get?.responses["200"].content ?? {});
    expect(answerOf("/me")).toEqual(["application/json"]);
    expect(answerOf("/audit/export")).toEqual(["text/csv", "application/x-ndjson"]);
    expect(answerOf("/clusters/{cluster}/tasks/{id}/logs")).toEqual(["text/plain", "application/x-ndjson"]);
    expect(answerOf("/clusters/{cluster}/events")).toEqual(["text/event-stream"]);
  });

  it("renders as JSON with request bodies from the schemas", () => {
    const text = JSON.stringify(document);
    expect(text).toContain('"replicas":{"type":"integer","minimum":0,"maximum":100000}');
  });
});
