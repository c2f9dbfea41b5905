import { EngineFailure, toAppError } from "./errors.ts";

/** The list that was asked for; Go writes null for an empty one. Anything else is no answer, whatever its status: throws AppError. */
export function asList<T>(value: T, engine: string, path: string): T & readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value === null) return [] as unknown as T & readonly unknown[];
  const where = { engine, request: `GET ${path}`, timeoutMs: 0 };
  throw toAppError(new EngineFailure("answered", where, { status: 200, text: "the answer is not a list" }));
}
