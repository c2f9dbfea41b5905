import type { z } from "zod";
import { AppError } from "#lib/shared/errors.ts";
import { formatBytes } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";

/** Largest request body, in bytes, where the operation says nothing else. */
const mostBodyBytes = 1 << 20;
const longestParameter = 255;
const shownProblems = 5;

/**
 * The JSON body, checked. An empty body stands for `{}`. Throws unsupported_media_type, too_large and
 * invalid_input (details.fields: path → what is wrong).
 */
export async function readBody<T>(
  request: Request,
  schema: z.ZodType<T>,
  mostBytes: number = mostBodyBytes,
): Promise<T> {
  const text = await readText(request, mostBytes);
  if (text === "") return check({}, schema, "errors.invalidBody");
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new AppError("unsupported_media_type", t("errors.notJson"));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new AppError("invalid_input", t("errors.malformedJson"), { cause: error });
  }
  return check(value, schema, "errors.invalidBody");
}

/** The query, checked; of a name given twice the last counts. Throws invalid_input. */
export function readQuery<T>(url: string, schema: z.ZodType<T>): T {
  return check(Object.fromEntries(new URL(url).searchParams), schema, "errors.invalidQuery");
}

/** The path's parameters: ids and names, which never hold what would lead elsewhere in the engine's own URLs. */
export function readParams(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, parameter(name, value)]));
}

function parameter(name: string, value: unknown): string {
  const text = typeof value === "string" ? decoded(value) : "";
  const fits =
    /^[^\p{Cc}\p{Z}/\\?#%]+$/u.test(text) && text.length <= longestParameter && !/^\.{1,2}$/.test(text);
  if (!fits) throw new AppError("invalid_input", t("errors.invalidParameter", { name }));
  return text;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

function check<T>(
  value: unknown,
  schema: z.ZodType<T>,
  message: "errors.invalidBody" | "errors.invalidQuery",
): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields: Record<string, string> = {};
  for (const issue of result.error.issues) fields[issue.path.join(".")] ??= issue.message;
  const problems = Object.entries(fields)
    .slice(0, shownProblems)
    .map(([field, problem]) => (field === "" ? problem : `${field}: ${problem}`))
    .join("; ");
  throw new AppError("invalid_input", t(message, { problems }), { details: { fields } });
}

async function readText(request: Request, mostBytes: number): Promise<string> {
  const tooLarge = () =>
    new AppError("too_large", t("errors.bodyTooLarge", { size: formatBytes(mostBytes) }));
  if (Number(request.headers.get("content-length") ?? 0) > mostBytes) throw tooLarge();
  if (!request.body) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as ReadableStream<Uint8Array>) {
    size += chunk.byteLength;
    if (size > mostBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
