import { z } from "zod";
import type { EventFilter } from "../events/filter.ts";
import { eventKinds, eventSeverities } from "../events/types.ts";

/** Most events of one answer, and how many without a limit. */
const mostEvents = 500;
const usualEvents = 200;

/** Several values stand in one parameter, with commas between. */
const listOf = <T extends z.ZodType<string, string>>(item: T) =>
  z
    .string()
    .max(4_000)
    .transform((text) => text.split(",").filter(Boolean))
    .pipe(z.array(item).max(50))
    .optional();
const name = z.string().max(255);
const time = z
  .string()
  .max(40)
  .transform((text) => (/^\d+$/.test(text) ? Number(text) : Date.parse(text)))
  .refine((ms) => Number.isFinite(ms), "a time such as 2026-01-31T12:00:00Z, or milliseconds since 1970")
  .optional();
const id = z
  .string()
  .regex(/^\d{1,15}$/, "the number of an event")
  .transform(Number)
  .optional();

/** The query of the list of events, as text. */
export const eventsQuery = z.strictObject({
  text: z.string().max(255).optional(),
  kind: listOf(z.enum(eventKinds)),
  severity: listOf(z.enum(eventSeverities)),
  service: listOf(name),
  stack: listOf(name),
  node: listOf(name),
  task: listOf(name),
  from: time,
  to: time,
  /** Only events older than this one: `next` of the page before. */
  before: id,
  /** Only events newer than this one. */
  after: id,
  limit: z
    .string()
    .regex(/^\d{1,4}$/, "a number")
    .transform(Number)
    .pipe(z.number().min(1).max(mostEvents))
    .optional(),
});
type EventsQuery = z.output<typeof eventsQuery>;

/** What is asked for, as the table of events takes it. */
export function eventQueryOf(query: EventsQuery): {
  readonly filter: EventFilter;
  readonly limit: number;
  readonly before?: number;
  readonly after?: number;
} {
  const { before, after, limit = usualEvents } = query;
  return {
    filter: {
      text: query.text ?? "",
      kinds: query.kind ?? [],
      severities: query.severity ?? [],
      services: query.service ?? [],
      stacks: query.stack ?? [],
      nodes: query.node ?? [],
      tasks: query.task ?? [],
      from: query.from ?? null,
      to: query.to ?? null,
    },
    limit,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
}
