"use client";

import { clsx } from "clsx";
import { memo } from "react";
import { toneClass } from "#components/services/health-line.tsx";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { MapTask } from "#lib/shared/map/map-task.ts";
import type { School } from "#lib/shared/map/order-tasks.ts";
import { shortName } from "#lib/shared/model/index-model.ts";
import type { TaskKind } from "#lib/shared/model/task-state.ts";
import { hueStyle, MapMark } from "./task-tile.tsx";
import { startingWord, taskLabel } from "./task-words.ts";

/** Kinds worth a word on a line, the worst first. */
const worst: readonly TaskKind[] = [
  "failed",
  "rejected",
  "unhealthy",
  "orphaned",
  "unknown",
  "pending",
  "starting",
  "stopping",
];

/** The one word of a school: that of its worst task; null while all is well. */
function worstOf(tasks: readonly MapTask[]): MapTask | null {
  for (const kind of worst) {
    const found = tasks.find(({ condition }) => condition.kind === kind);
    if (found) return found;
  }
  return null;
}

function wordOf(item: MapTask): string {
  const { task, condition } = item;
  if (condition.kind === "starting") return startingWord(item);
  if (condition.kind === "failed" && task.exitCode !== null && task.exitCode !== 0) {
    return t("services.exit.other", { code: String(task.exitCode) });
  }
  return say(t, condition.word);
}

export interface SchoolLineProps {
  school: School;
  /** Id of the chosen task, when it is one of these. */
  selected: string | null;
}

/** The tasks of one service on one node in one line: marks, name, worst word. */
export const SchoolLine = memo(
  function SchoolLine({ school, selected }: SchoolLineProps) {
    const first = school.tasks[0];
    if (first === undefined) return null;
    const worstTask = worstOf(school.tasks);
    return (
      <li className="contents">
        <ul className="flex flex-wrap items-center" style={hueStyle(first)}>
          {school.tasks.map((item) => (
            <li key={item.task.id} className="contents">
              <button
                type="button"
                tabIndex={-1}
                data-task={item.task.id}
                data-service={item.task.serviceId}
                aria-label={taskLabel(item)}
                aria-current={item.task.id === selected || undefined}
                className={clsx("task-mark", item.condition.kind)}
              >
                <MapMark item={item} />
              </button>
            </li>
          ))}
        </ul>
        <span
          data-service={school.serviceId}
          aria-hidden="true"
          className="truncate leading-[22px] text-ink-2 transition-opacity"
        >
          {first.service ? shortName(first.service) : school.serviceId.slice(0, 12)}
        </span>
        <span
          data-service={school.serviceId}
          aria-hidden="true"
          className={clsx(
            "text-right text-11 leading-[22px] font-medium whitespace-nowrap transition-opacity",
            worstTask && toneClass[worstTask.condition.tone],
          )}
        >
          {worstTask && wordOf(worstTask)}
        </span>
      </li>
    );
  },
  (a, b) =>
    a.selected === b.selected &&
    a.school.tasks.length === b.school.tasks.length &&
    a.school.tasks.every((item, index) => item === b.school.tasks[index]),
);
