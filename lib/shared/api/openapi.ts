import { z } from "zod";
import { errorStatus } from "../errors.ts";
import { permissions } from "../roles.ts";
import type { Operation } from "./operation.ts";
import { operations } from "./operations.ts";

type Json = Readonly<Record<string, unknown>>;

const parameterNames = (path: string): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");

function queryParameters(schema: z.ZodType | undefined): Json[] {
  if (!schema) return [];
  const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as {
    properties?: Record<string, unknown>;
    required?: string[];
  };
  return Object.entries(json.properties ?? {}).map(([name, property]) => ({
    name,
    in: "query",
    required: json.required?.includes(name) ?? false,
    schema: property,
  }));
}

function bodyOf(schema: z.ZodType | undefined): Json {
  if (!schema) return {};
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return { requestBody: { required: true, content: { "application/json": { schema: json } } } };
}

function operationObject(id: string, operation: Operation): Json {
  const isPublic = operation.permission === "public";
  return {
    operationId: id,
    summary: operation.summary,
    description: isPublic ? "Needs no sign-in." : `${needed(operation)}${audited(operation)}`,
    ...(isPublic ? { security: [] } : {}),
    parameters: [
      ...parameterNames(operation.path).map((name) => ({
        name,
        in: "path",
        required: true,
        description: name === "id" ? "Id, or a unique name" : undefined,
        schema: { type: "string" },
      })),
      ...queryParameters(operation.query),
    ],
    ...bodyOf(operation.body),
    responses: {
      "200": {
        description: operation.stream ? "A stream of events" : "The answer",
        content: Object.fromEntries(mediaOf(operation).map((type) => [type, {}])),
      },
      default: { $ref: "#/components/responses/Problem" },
    },
  };
}

function needed({ permission, path }: Operation): string {
  const role = permission === "public" ? "none" : permissions[permission];
  if (role === "none") return `Needs a sign-in (${permission}).`;
  const where = path.includes("{cluster}") ? " in the cluster" : "";
  return `Needs the role ${role} or above${where} (${permission}).`;
}

const audited = ({ audit }: Operation) => (audit ? " Written to the audit table." : "");

function mediaOf({ stream, media = ["application/json"] }: Operation): readonly string[] {
  return stream ? ["text/event-stream"] : media;
}

/** This API as an OpenAPI 3.1 document, made from the table that the routes themselves are made from. */
export function openApiDocument(version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [id, operation] of Object.entries<Operation>(operations)) {
    const path = `/api/v1${operation.path}`;
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: operationObject(id, operation) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Shoal", version, license: { name: "MIT", identifier: "MIT" } },
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: "http", scheme: "bearer", description: "shoal token create" } },
      responses: {
        Problem: {
          description: "What happened, to what, and what to do (RFC 9457)",
          content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
        },
      },
      schemas: {
        Problem: {
          type: "object",
          required: ["type", "title", "status", "code", "detail"],
          properties: {
            type: { const: "about:blank" },
            title: { type: "string" },
            status: { type: "integer" },
            code: { enum: Object.keys(errorStatus) },
            detail: { type: "string" },
            engineText: { type: "string", description: "The engine's own sentence, unchanged" },
            details: { type: "object" },
          },
        },
      },
    },
  };
}
