"use client";

import "#lib/shared/i18n/pages/logs.ts";
import { clsx } from "clsx";
import type { CSSProperties } from "react";
import { hueColor, TaskMark } from "#components/ui/mark.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { LogTargets, type LogTargetsProps } from "./log-targets.tsx";
import type { LogTaskName } from "./log-tasks.ts";

/** More chips than this are counted. */
const mostChips = 12;

export interface LogChipsProps extends LogTargetsProps {
  tasks: readonly LogTaskName[];
  /** Ids of the tasks that are shown alone; empty: all. */
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
}

/** The tasks that write here. A click shows one alone, further clicks add others. */
export function LogChips({ tasks, chosen, onChoose, ...targets }: LogChipsProps) {
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChoose(next);
  };
  const shown = tasks.slice(0, mostChips);
  return (
    <div className="flex shrink-0 items-center gap-1.5 overflow-x-auto border-b border-line px-5 py-2 max-sm:px-3.5">
      {shown.map((task) => {
        const isOn = chosen.size === 0 || chosen.has(task.id);
        return (
          <button
            key={task.id}
            type="button"
            data-slot="log-chip"
            aria-pressed={chosen.has(task.id)}
            title={t("logs.chip", { name: task.name, node: task.node })}
            onClick={() => toggle(task.id)}
            style={{ "--svc": hueColor(task.hue) } as CSSProperties}
            className={clsx(
              "inline-flex h-6 shrink-0 items-center gap-1.5 rounded-[6px_12px_12px_6px] pr-2.5 pl-[7px] text-12 font-medium whitespace-nowrap touch:h-9",
              isOn
                ? "bg-[color-mix(in_oklab,var(--svc)_13%,var(--surface))]"
                : "text-ink-3 shadow-[inset_0_0_0_1px_var(--line-2)]",
            )}
          >
            <TaskMark state="running" />
            {task.name}
            <span className={clsx("font-normal", isOn ? "text-ink-2" : "text-ink-3")}>{task.node}</span>
          </button>
        );
      })}
      {tasks.length > mostChips && (
        <span className="inline-flex h-6 shrink-0 items-center rounded-2 px-2 text-12 text-ink-3 shadow-[inset_0_0_0_1px_var(--line-2)]">
          {t("logs.moreTasks", { n: tasks.length - mostChips })}
        </span>
      )}
      <LogTargets {...targets} />
    </div>
  );
}
