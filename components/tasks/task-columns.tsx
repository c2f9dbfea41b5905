import "#lib/shared/i18n/pages/task-pages.ts";
import { clsx } from "clsx";
import { markingOf } from "#components/cluster/marking.ts";
import type { TableColumn } from "#components/data/table-types.ts";
import { toneClass } from "#components/services/health-line.tsx";
import { ListLink } from "#components/ui/list-link.tsx";
import { TaskMark } from "#components/ui/mark.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import type { TaskRow } from "./task-rows.ts";

type Href = (path: string) => string;

/** Mark, name with slot, stack in grey. */
function TaskName({ row: { line, service, name } }: { row: TaskRow }) {
  return (
    <span className="flex min-w-0 items-center gap-[9px]" title={service?.name}>
      <TaskMark
        state={line.condition.kind}
        hue={service?.color.hue}
        marking={service ? markingOf(service.color) : undefined}
      />
      <span className="min-w-0 truncate">
        <span className="font-medium">{name}</span>
        {service?.stack != null && <span className="text-ink-3"> {service.stack}</span>}
      </span>
    </span>
  );
}

function StateWord({ row: { line } }: { row: TaskRow }) {
  const { condition, isOver } = line;
  const isQuiet = isOver && condition.tone !== "bad";
  return (
    <span
      className={clsx(
        "inline-block first-letter:uppercase",
        isQuiet ? "text-ink-3" : toneClass[condition.tone],
      )}
    >
      {say(t, condition.word)}
    </span>
  );
}

/** Why it is like this, in words; the engine's own text on hover. */
function Why({ row: { line } }: { row: TaskRow }) {
  if (line.why === null) return null;
  const words = say(t, line.why);
  return (
    <span
      title={line.engineText ?? words}
      className={clsx("block truncate", line.condition.tone === "bad" ? "text-bad" : "text-ink-2")}
    >
      {words}
    </span>
  );
}

/** The columns of the table of all tasks. */
export function taskColumns(href: Href): readonly TableColumn<TaskRow>[] {
  return [
    {
      id: "name",
      header: t("tasks.column.task"),
      width: "20%",
      compare: (a, b) => compareNatural(a.name, b.name),
      cell: (row) => <TaskName row={row} />,
    },
    {
      id: "state",
      header: t("services.tasks.state"),
      width: 112,
      compare: (a, b) => compareNatural(say(t, a.line.condition.word), say(t, b.line.condition.word)),
      cell: (row) => <StateWord row={row} />,
    },
    {
      id: "why",
      header: t("services.tasks.why"),
      cell: (row) => <Why row={row} />,
    },
    {
      id: "node",
      header: t("services.tasks.node"),
      width: "13%",
      compare: (a, b) => compareNatural(a.line.nodeName ?? "", b.line.nodeName ?? ""),
      cell: ({ line: { task, nodeName } }) =>
        task.nodeId === null ? (
          <span className="text-ink-3">{t("services.tasks.noNode")}</span>
        ) : (
          <ListLink
            href={href(`/nodes/${encodeURIComponent(task.nodeId)}`)}
            className="text-ink-2 hover:underline"
          >
            {nodeName}
          </ListLink>
        ),
    },
    {
      id: "image",
      header: t("tasks.column.image"),
      width: 116,
      hideBelow: 1024,
      compare: (a, b) => compareNatural(a.line.task.imageTag ?? "", b.line.task.imageTag ?? ""),
      cell: ({ line: { task } }) => <span className="mono text-ink-2">{task.imageTag}</span>,
    },
    {
      id: "since",
      header: t("services.tasks.since"),
      width: 104,
      align: "right",
      compare: (a, b) => b.line.task.since - a.line.task.since,
      cell: ({ line: { task, isOver } }) => (
        <RelativeTime at={task.since} ago={isOver} className="text-ink-2" />
      ),
    },
  ];
}

/** A task below 700 px: name, word and time, then node and why. */
export function TaskItem({ row }: { row: TaskRow }) {
  const { line } = row;
  const why = line.why === null ? null : say(t, line.why);
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex min-w-0 items-center gap-2">
        <div className="min-w-0 flex-1">
          <TaskName row={row} />
        </div>
        <StateWord row={row} />
        <RelativeTime at={line.task.since} ago={line.isOver} className="text-ink-3" />
      </div>
      <p className="truncate pl-[21px] text-12 text-ink-2">
        {[line.nodeName ?? t("services.tasks.noNode"), why].filter(Boolean).join(" · ")}
      </p>
    </div>
  );
}
