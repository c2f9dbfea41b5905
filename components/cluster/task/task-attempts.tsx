"use client";

import "#lib/shared/i18n/pages/task-pages.ts";
import { clsx } from "clsx";
import { TaskMark } from "#components/ui/mark.tsx";
import type { TaskAttempt } from "#lib/shared/api/types.ts";
import { formatDuration, formatExact } from "#lib/shared/format.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { taskCondition } from "#lib/shared/model/task-state.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";

const most = 5;
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** The last attempts of a slot, oldest first, the chosen one among them. */
function lastAttempts(task: TaskAttempt, others: readonly TaskAttempt[]): readonly TaskAttempt[] {
  const all = [task, ...others].sort((a, b) => a.createdAt - b.createdAt);
  const at = all.indexOf(task);
  return all.slice(Math.min(at, Math.max(0, all.length - most))).slice(0, most);
}

export interface TaskAttemptsProps {
  task: TaskAttempt;
  others: readonly TaskAttempt[];
  model: ClusterModel;
  onSelect: (taskId: string) => void;
}

/** The last attempts of this slot side by side: how each ended, when, and after how long. */
export function TaskAttempts({ task, others, model, onSelect }: TaskAttemptsProps) {
  const shown = lastAttempts(task, others);
  if (shown.length < 2) return null;
  const { nodeName } = task;
  const isOneNode = nodeName !== null && shown.every((each) => each.nodeId === task.nodeId);
  return (
    <section>
      <h3 className="mb-1.5 flex justify-between gap-2 text-12 font-medium text-ink-3">
        <span>
          {task.slot === null || task.slot === 0
            ? t("tasks.attemptsHere")
            : t("tasks.attempts", { slot: String(task.slot) })}
        </span>
        {isOneNode && <span className="font-normal">{t("tasks.attemptsAll", { node: nodeName })}</span>}
      </h3>
      <ol className="grid grid-cols-5 gap-[5px]">
        {shown.map((attempt) => {
          const { kind, word, tone } = taskCondition(attempt, model.nodes[attempt.nodeId ?? ""]);
          const isChosen = attempt.id === task.id;
          const said = say(t, word);
          const code = tone === "bad" && attempt.exitCode !== null ? String(attempt.exitCode) : said;
          return (
            <li key={attempt.id} className="min-w-0">
              <button
                type="button"
                aria-current={isChosen || undefined}
                title={formatExact(attempt.since)}
                onClick={() => onSelect(attempt.id)}
                className={clsx(
                  "block w-full rounded-2 px-[7px] py-[5px] text-left text-11 text-ink-3",
                  isChosen ? (tone === "bad" ? "bg-bad-soft" : "bg-accent-soft") : "bg-surface-2",
                  !isChosen && "hover:bg-surface-3",
                )}
              >
                <span className="flex min-w-0 items-center gap-[5px] text-12 font-medium text-ink">
                  <TaskMark state={kind} hue={model.services[attempt.serviceId]?.color.hue} />
                  {code !== said && <span className="sr-only">{said}</span>}
                  <span className="truncate">{code}</span>
                </span>
                <span className="block truncate">
                  {clock.format(attempt.since)}
                  {attempt.ranMs !== null && `, ${formatDuration(attempt.ranMs)}`}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
