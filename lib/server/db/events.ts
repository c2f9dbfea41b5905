import { type EventFilter, noStack, searchText, wordsOf } from "#lib/shared/events/filter.ts";
import type { ClusterEvent, EventDraft, EventPage } from "#lib/shared/events/types.ts";
import type { Db } from "./open.ts";

/** Which page of the events of a cluster: at most `limit`, all with an id below `before` and above `after`. */
export interface EventQuery {
  readonly filter: EventFilter;
  readonly limit: number;
  readonly before?: number;
  readonly after?: number;
}

const columns = `id, at, kind, action, severity, object_id AS objectId, object_name AS objectName,
  service_id AS serviceId, service_name AS serviceName, stack, node_id AS nodeId, node_name AS nodeName,
  task_id AS taskId, facts, actor`;

type Row = Omit<ClusterEvent, "facts"> & { readonly facts: string };

/** The events of the last day, of every cluster, and when each cluster was last watched. */
export function eventsTable(db: Db) {
  const insert = db.prepare(
    `INSERT INTO events (cluster, at, kind, action, severity, object_id, object_name, service_id, service_name, stack,
       node_id, node_name, task_id, facts, actor, search)
     VALUES (@cluster, @at, @kind, @action, @severity, @objectId, @objectName, @serviceId, @serviceName, @stack,
       @nodeId, @nodeName, @taskId, @facts, @actor, @search)`,
  );
  const old = db.prepare("DELETE FROM events WHERE cluster = ? AND at < ?");
  const surplus = db.prepare(
    `DELETE FROM events WHERE cluster = @cluster AND id <= (
       SELECT id FROM events WHERE cluster = @cluster ORDER BY id DESC LIMIT 1 OFFSET @keep)`,
  );
  const watched = db.prepare(
    "INSERT INTO event_watch (cluster, seen_at) VALUES (?, ?) ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at",
  );
  const lastWatched = db.prepare("SELECT seen_at AS seenAt FROM event_watch WHERE cluster = ?");
  const add = db.transaction((cluster: string, drafts: readonly EventDraft[]) =>
    drafts.map((draft): ClusterEvent => {
      const row = { ...draft, cluster, facts: JSON.stringify(draft.facts), search: searchText(draft) };
      return { ...draft, id: Number(insert.run(row).lastInsertRowid) };
    }),
  );

  return {
    /** Writes all or none, in order, and answers them with their ids. */
    add: (cluster: string, drafts: readonly EventDraft[]): readonly ClusterEvent[] => add(cluster, drafts),

    /** Newest first. */
    list(cluster: string, { filter, limit, before, after = 0 }: EventQuery): EventPage {
      const { where, values } = conditions(filter);
      const rows = db
        .prepare(
          `SELECT ${columns} FROM events WHERE cluster = ? AND id < ? AND id > ? ${where} ORDER BY id DESC LIMIT ?`,
        )
        .all(cluster, before ?? Number.MAX_SAFE_INTEGER, after, ...values, limit + 1) as Row[];
      const items = rows
        .slice(0, limit)
        .map((row): ClusterEvent => ({ ...row, facts: JSON.parse(row.facts) as ClusterEvent["facts"] }));
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    },

    /** Drops what is older than `since` (ms since 1970) and all but the newest `keep`. */
    prune(cluster: string, since: number, keep: number): void {
      old.run(cluster, since);
      surplus.run({ cluster, keep });
    },

    /** Until when the cluster is known to have been watched, ms since 1970; null: never. */
    watchedUntil: (cluster: string) =>
      (lastWatched.get(cluster) as { seenAt: number } | undefined)?.seenAt ?? null,
    noteWatched: (cluster: string, at: number) => void watched.run(cluster, at),
  };
}

/** The table of events. */
export type EventsTable = ReturnType<typeof eventsTable>;

/** `matchesEvent` in SQL. Only names of columns are put into the text; every value is a parameter. */
function conditions(filter: EventFilter): {
  readonly where: string;
  readonly values: readonly (string | number)[];
} {
  const parts: string[] = [];
  const values: (string | number)[] = [];
  const among = (chosen: readonly string[], ...names: readonly string[]) => {
    if (chosen.length === 0) return;
    const marks = chosen.map(() => "?").join(", ");
    parts.push(`(${names.map((name) => `${name} IN (${marks})`).join(" OR ")})`);
    for (const _ of names) values.push(...chosen);
  };
  among(filter.kinds, "kind");
  among(filter.severities, "severity");
  among(filter.services, "service_id", "service_name");
  among(filter.stacks, `coalesce(stack, '${noStack}')`);
  among(filter.nodes, "node_id", "node_name");
  among(filter.tasks, "task_id");
  if (filter.from !== null) parts.push("at >= ?") && values.push(filter.from);
  if (filter.to !== null) parts.push("at <= ?") && values.push(filter.to);
  for (const word of wordsOf(filter.text)) parts.push("instr(search, ?) > 0") && values.push(word);
  return { where: parts.map((part) => `AND ${part}`).join(" "), values };
}
