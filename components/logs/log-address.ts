import type { LogFilter } from "#lib/client/log-buffer.ts";
import { type LogLevel, logLevels } from "#lib/shared/logs/log-level.ts";
import type { LogLine, LogTarget } from "#lib/shared/logs/log-line.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";

/** How far back lines are read: `tail` is what the stream itself begins with. */
export const logRanges = ["tail", "15m", "1h", "6h", "24h", "all"] as const;
export type LogRange = (typeof logRanges)[number];

/** What of the log is looked at, and how: all of it in the address, so that a view can be shared. */
export interface LogView {
  /** Names of services, as they stand in the address. */
  readonly services: readonly string[];
  readonly stacks: readonly string[];
  /** Id of one task. */
  readonly task: string | null;
  /** Id or name of one container, and its node (or that of the project) where that is known. */
  readonly container: string | null;
  /** A compose project: all its containers. */
  readonly project: string | null;
  readonly node: string | null;
  readonly text: string;
  /** `text` is a regular expression. */
  readonly isRegex: boolean;
  readonly onlyMatches: boolean;
  readonly streams: LogFilter["streams"];
  readonly levels: readonly LogLevel[];
  readonly range: LogRange;
  readonly wrap: boolean;
  readonly hideTime: boolean;
  readonly hideNames: boolean;
}

const flags = { onlyMatches: "only", wrap: "wrap", hideTime: "notime", hideNames: "nonames" } as const;

export function readLogView(query: URLSearchParams): LogView {
  const known = <T extends string>(name: string, all: readonly T[]) =>
    query.getAll(name).filter((value): value is T => (all as readonly string[]).includes(value));
  const has = (name: string) => query.get(name) === "1";
  return {
    services: query.getAll("service"),
    stacks: query.getAll("stack"),
    task: query.get("task"),
    container: query.get("container"),
    project: query.get("project"),
    node: query.get("node"),
    text: query.get("q") ?? "",
    isRegex: !has("plain"),
    onlyMatches: has(flags.onlyMatches),
    streams: known<LogLine["stream"]>("stream", ["stdout", "stderr"]),
    levels: known("level", logLevels),
    range: known("since", logRanges)[0] ?? "tail",
    wrap: has(flags.wrap),
    hideTime: has(flags.hideTime),
    hideNames: has(flags.hideNames),
  };
}

export function writeLogView(view: LogView): URLSearchParams {
  const query = new URLSearchParams();
  for (const service of view.services) query.append("service", service);
  for (const stack of view.stacks) query.append("stack", stack);
  if (view.task !== null) query.set("task", view.task);
  if (view.container !== null) query.set("container", view.container);
  if (view.project !== null) query.set("project", view.project);
  if ((view.container ?? view.project) !== null && view.node !== null) query.set("node", view.node);
  if (view.text !== "") query.set("q", view.text);
  if (!view.isRegex) query.set("plain", "1");
  for (const stream of view.streams) query.append("stream", stream);
  for (const level of view.levels) query.append("level", level);
  if (view.range !== "tail") query.set("since", view.range);
  for (const [field, name] of Object.entries(flags) as [keyof typeof flags, string][]) {
    if (view[field]) query.set(name, "1");
  }
  return query;
}

/** What has to be followed for a view: services by id, those of stacks among them, or the one task or container. */
export function logTargets(view: LogView, model: ClusterModel): readonly LogTarget[] {
  if (view.task !== null) return [{ kind: "task", id: view.task }];
  if (view.container !== null) {
    return [{ kind: "container", id: view.container, ...(view.node !== null && { node: view.node }) }];
  }
  return Object.values(model.services)
    .filter(
      ({ id, name, stack }) =>
        view.services.includes(name) ||
        view.services.includes(id) ||
        (stack !== null && view.stacks.includes(stack)),
    )
    .map(({ id }) => ({ kind: "service", id }));
}

/** The pattern of a search; null when there is none, a sentence of the browser when it is no regular expression. */
export function patternOf({ text, isRegex }: Pick<LogView, "text" | "isRegex">): RegExp | null | string {
  if (text === "") return null;
  const source = isRegex ? text : text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  try {
    // Capitals in the search ask for capitals in the line.
    return new RegExp(source, /[A-Z]/.test(text.replace(/\\[A-Z]/g, "")) ? "" : "i");
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Where the log of a target is read, below the cluster, with what the query must hold besides. */
export function logPath({ kind, id, node }: LogTarget, query: URLSearchParams): string {
  const all = new URLSearchParams(query);
  if (node !== undefined) all.set("node", node);
  return `/${kind}s/${encodeURIComponent(id)}/logs?${all}`;
}
