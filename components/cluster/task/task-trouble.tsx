"use client";

import "#lib/shared/i18n/pages/task-pages.ts";
import { clsx } from "clsx";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { markingOf } from "#components/cluster/marking.ts";
import { TaskMark } from "#components/ui/mark.tsx";
import { useNow } from "#components/ui/use-now.ts";
import { formatDuration } from "#lib/shared/format.ts";
import { type Phrase, phrase, say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { errorInWords } from "#lib/shared/model/docker-words.ts";
import { whyEnded } from "#lib/shared/model/service-trouble.ts";
import { taskNext } from "#lib/shared/model/task-next.ts";
import { isLive, type TaskCondition } from "#lib/shared/model/task-state.ts";
import type { ServiceView, TaskView } from "#lib/shared/model/types.ts";

/** Why a task is not well, in words; null when there is nothing to explain. */
export function troubleOf(
  task: TaskView,
  condition: TaskCondition,
  service: ServiceView | undefined,
): Phrase | null {
  if (condition.kind === "failed" || condition.kind === "rejected") {
    return whyEnded(task) ?? phrase("services.why.unsaid");
  }
  if (condition.kind === "unhealthy") return phrase("services.cause.unhealthy");
  const hasError = task.error !== null && task.error !== "" && isLive(task);
  return hasError ? errorInWords(task.error ?? "", service ?? null) : null;
}

interface TaskTroubleProps {
  task: TaskView;
  condition: TaskCondition;
  service: ServiceView | undefined;
  now: number;
}

/** What went wrong: the plain cause, how often, and the engine's own words. */
export function TaskTrouble({ task, condition, service, now }: TaskTroubleProps) {
  const why = troubleOf(task, condition, service);
  if (why === null) return null;
  const isBad = condition.tone === "bad";
  return (
    <div
      data-slot="task-trouble"
      className={clsx(
        "rounded-3 border px-[13px] py-[11px]",
        isBad ? "border-bad-line bg-bad-soft" : "border-warn-line bg-warn-soft",
      )}
    >
      <p className="font-semibold break-words first-letter:uppercase">{say(t, why)}</p>
      {task.failures > 1 && task.failuresSince !== null && (
        <p className="mt-[3px] text-ink-2">
          {t("tasks.failures", {
            n: task.failures,
            time: formatDuration(Math.max(1000, now - task.failuresSince)),
          })}
        </p>
      )}
      {task.error !== null && task.error !== "" && (
        <code
          className={clsx(
            "mono mt-[7px] block max-h-40 overflow-auto break-words whitespace-pre-wrap",
            isBad ? "text-bad" : "text-warn",
          )}
        >
          {task.error.slice(0, 4000)}
        </code>
      )}
    </div>
  );
}

interface TaskNextLineProps {
  task: TaskView;
  service: ServiceView | undefined;
  onSelect: (taskId: string) => void;
}

/** What swarm does next, with a bar while it waits; leads to the task that takes the place. */
export function TaskNextLine({ task, service, onSelect }: TaskNextLineProps) {
  const { model } = useCluster();
  // To the second: restart delays are short.
  const now = useNow(1000) || Date.now();
  const next = taskNext(model, task, now);
  if (next === null) return null;
  const { successorId, waiting } = next;
  const words = say(t, next.words);
  const share = waiting && (now - waiting.from) / Math.max(1, waiting.until - waiting.from);
  return (
    <div data-slot="task-next" className="flex items-center gap-[9px] text-ink-2">
      <TaskMark
        state={successorId === null ? "pending" : "starting"}
        size={13}
        hue={service?.color.hue}
        marking={service ? markingOf(service.color) : undefined}
      />
      {successorId === null ? (
        <span>{words}</span>
      ) : (
        <button type="button" className="link text-left" onClick={() => onSelect(successorId)}>
          {words}
        </button>
      )}
      {share !== null && (
        <span className="h-[3px] min-w-8 flex-1 overflow-hidden rounded-[2px] bg-bar-track" aria-hidden>
          <span
            className="block h-full origin-left bg-accent"
            style={{ transform: `scaleX(${Math.min(1, Math.max(0, share)).toFixed(2)})` }}
          />
        </span>
      )}
    </div>
  );
}
