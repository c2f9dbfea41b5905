import type { Answer } from "./engine.ts";
import { normalise, type Shape, shapeOf } from "./shape.ts";

/** What one call has shown, comparable between engines. */
export interface Shown {
  readonly area: string;
  readonly name: string;
  readonly status: number;
  readonly type: string;
  /** Of a JSON answer. */
  readonly shape: Shape | null;
  /** The sentence of a refusal, or another thing that has to be equal. */
  readonly said: string;
}

export type Recording = readonly Shown[];

/** The comparable parts of an answer. */
export function shownBy(area: string, name: string, answer: Answer): Shown {
  const { status, type, text } = answer;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { area, name, status, type, shape: null, said: normalise(text.trim().slice(0, 600)) };
  }
  const isRefusal = status >= 400;
  const message = (value as { message?: unknown } | null)?.message;
  return {
    area,
    name,
    status,
    type,
    shape: shapeOf(value),
    said: isRefusal ? normalise(String(message).trim()) : "",
  };
}

/** A value that has to be equal: states an object went through, events, a text. */
export function noted(area: string, name: string, value: unknown): Shown {
  const said = normalise(typeof value === "string" ? value : JSON.stringify(value, null, 1));
  return { area, name, status: 0, type: "", shape: null, said };
}
