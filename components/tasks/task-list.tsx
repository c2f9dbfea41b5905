"use client";

import "#lib/shared/i18n/pages/consoles.ts";
import { clsx } from "clsx";
import { markingOf } from "#components/cluster/marking.ts";
import { toneClass } from "#components/services/health-line.tsx";
import { useConsoleHref } from "#components/terminal/use-console-href.ts";
import { Icon } from "#components/ui/icon.tsx";
import { ListLink } from "#components/ui/list-link.tsx";
import { TaskMark } from "#components/ui/mark.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { formatDuration } from "#lib/shared/format.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { shortName } from "#lib/shared/model/index-model.ts";
import type { ServiceView } from "#lib/shared/model/types.ts";
import type { TaskLine } from "./task-lines.ts";

export interface TaskListProps {
  /** What the list holds, for screen readers. */
  label: string;
  lines: readonly TaskLine[];
  /** `service`: tasks of several services, on one node. `node`: tasks of one service, on several nodes. */
  show: "service" | "node";
  services: Readonly<Record<string, ServiceView>>;
  hrefOfNode?: (id: string) => string;
  hrefOfService?: (id: string) => string;
}

const cell =
  "h-[34px] truncate border-b border-line px-2.5 group-last/task:border-b-0 first:pl-3.5 last:pr-3.5";
const head =
  "h-8 px-2.5 text-left text-12 font-medium text-ink-3 border-b border-line first:pl-3.5 last:pr-3.5";

/** Tasks inside a panel: one line each, two below 700 px. */
export function TaskList(props: TaskListProps) {
  const { label, lines, show } = props;
  return (
    <table aria-label={label} className="w-full table-fixed border-separate border-spacing-0">
      <thead className="max-sm:sr-only">
        <tr>
          <th scope="col" className={clsx(head, show === "service" ? "w-[24%]" : "w-[84px]")}>
            {show === "service" ? t("services.tasks.service") : t("services.tasks.slot")}
          </th>
          <th scope="col" className={clsx(head, "w-[104px]")}>
            {t("services.tasks.state")}
          </th>
          {show === "node" && (
            <th scope="col" className={clsx(head, "w-[18%]")}>
              {t("services.tasks.node")}
            </th>
          )}
          <th scope="col" className={clsx(head, "w-[92px] max-lg:hidden")}>
            {t("services.tasks.image")}
          </th>
          <th scope="col" className={clsx(head, "w-[92px]")}>
            {t("services.tasks.since")}
          </th>
          <th scope="col" className={clsx(head, "w-[68px] text-right max-xl:hidden")}>
            {t("services.tasks.ran")}
          </th>
          <th scope="col" className={head}>
            {t("services.tasks.why")}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <TaskRow key={line.task.id} line={line} {...props} />
        ))}
      </tbody>
    </table>
  );
}

function TaskRow({ line, show, services, hrefOfNode, hrefOfService }: TaskListProps & { line: TaskLine }) {
  const { task, condition } = line;
  const service = services[task.serviceId];
  const why = line.why === null ? "" : say(t, line.why);
  const word = say(t, condition.word);
  const mark = (
    <TaskMark
      state={condition.kind}
      hue={service?.color.hue}
      marking={service ? markingOf(service.color) : undefined}
    />
  );
  const name = service ? shortName(service) : task.serviceId.slice(0, 12);
  const consoleHref = useConsoleHref()(task);
  const toConsole = consoleHref !== null && (
    <ListLink
      href={consoleHref}
      aria-label={t("consoles.ofTask", { name: slotName(task.slot, name) })}
      title={t("consoles.open")}
      className="grid size-6 shrink-0 place-items-center rounded-2 text-ink-3 hover:bg-surface-3 hover:text-ink touch:size-11"
    >
      <Icon name="console" size={14} />
    </ListLink>
  );
  const slot = task.slot === null || task.slot === 0 ? "" : String(task.slot);
  const node =
    task.nodeId !== null && hrefOfNode ? (
      <ListLink href={hrefOfNode(task.nodeId)} className="hover:underline">
        {line.nodeName}
      </ListLink>
    ) : (
      line.nodeName
    );
  const first =
    show === "service" ? (
      <ListLink href={hrefOfService?.(task.serviceId) ?? "#"} className="min-w-0 truncate hover:underline">
        <span className="font-medium">{name}</span>
        {slot !== "" && <span className="text-ink-3">.{slot}</span>}
      </ListLink>
    ) : (
      <span className="font-medium">{slot === "" ? "–" : slot}</span>
    );
  const quiet = line.isOver ? "text-ink-3" : "text-ink-2";
  return (
    <tr data-slot="task-row" className="group/task">
      <td className={clsx(cell, "max-sm:hidden")}>
        <span className="flex min-w-0 items-center gap-2">
          {mark}
          {first}
        </span>
      </td>
      <td
        className={clsx(
          cell,
          "max-sm:hidden",
          line.isOver && condition.tone !== "bad" ? "text-ink-3" : toneClass[condition.tone],
        )}
      >
        <span className="inline-block first-letter:uppercase">{word}</span>
      </td>
      {show === "node" && (
        <td className={clsx(cell, quiet, "max-sm:hidden")}>{node ?? t("services.tasks.noNode")}</td>
      )}
      <td className={clsx(cell, quiet, "mono max-lg:hidden")}>{task.imageTag ?? ""}</td>
      <td className={clsx(cell, quiet, "max-sm:hidden")}>
        <RelativeTime at={task.since} ago={line.isOver} />
      </td>
      <td className={clsx(cell, quiet, "text-right max-xl:hidden")}>
        {line.ranMs === null ? "" : formatDuration(line.ranMs)}
      </td>
      <td
        className={clsx(cell, "max-sm:hidden", condition.tone === "bad" ? "text-bad" : quiet)}
        title={line.engineText ?? undefined}
      >
        <span className="flex min-w-0 items-center gap-2">
          <span className="min-w-0 flex-1 truncate">{why}</span>
          {toConsole}
        </span>
      </td>
      <td className="border-b border-line px-3.5 py-2.5 sm:hidden">
        <div className="flex min-w-0 items-center gap-2">
          {mark}
          {first}
          <span className={clsx("min-w-0 flex-1 truncate first-letter:uppercase", toneClass[condition.tone])}>
            {word}
          </span>
          <span className={quiet}>
            <RelativeTime at={task.since} ago={line.isOver} />
          </span>
          {toConsole}
        </div>
        <div className="mt-0.5 truncate pl-5 text-12 text-ink-2" title={line.engineText ?? undefined}>
          {[show === "node" ? line.nodeName : null, why].filter(Boolean).join(" · ")}
        </div>
      </td>
    </tr>
  );
}

/** "web.3"; a task without a slot has the name of its service. */
function slotName(slot: number | null, name: string): string {
  return slot === null || slot === 0 ? name : `${name}.${slot}`;
}
