"use client";

import "#lib/shared/i18n/pages/task-pages.ts";
import "#lib/shared/i18n/pages/usage.ts";
import { clsx } from "clsx";
import { useLayoutEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { toneClass } from "#components/services/health-line.tsx";
import { floatingClass } from "#components/ui/floating.ts";
import { TaskMark } from "#components/ui/mark.tsx";
import { FactList } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { useNow } from "#components/ui/use-now.ts";
import { formatUse } from "#components/usage/format-use.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { mapTask, taskName } from "#lib/shared/map/map-task.ts";
import { taskNext } from "#lib/shared/model/task-next.ts";
import type { ServiceView, TaskView } from "#lib/shared/model/types.ts";
import { groupInWords, groupVerdicts } from "#lib/shared/placement/group-verdicts.ts";
import { placementVerdict } from "#lib/shared/placement/placement-verdict.ts";
import { useCluster } from "./cluster-provider.tsx";
import { useTaskUse } from "./map-use.ts";
import { markingOf } from "./marking.ts";
import { locateTask, taskElement } from "./motion/places.ts";
import { cardPlace } from "./task/card-place.ts";
import { imageOf } from "./task/task-facts.tsx";
import { troubleOf } from "./task/task-trouble.tsx";
import { usePointedTask } from "./task/use-pointed-task.ts";
import { useHintedTask } from "./task-hint.ts";

const cardId = "task-card";

/** The card of the task under the pointer or in focus: one for the whole map. */
export function TaskPopover() {
  const { model } = useCluster();
  const pointed = usePointedTask();
  const hinted = useHintedTask();
  const task = model.tasks[pointed ?? hinted ?? ""];
  return task ? <TaskCard task={task} /> : null;
}

/** Facts about a task, 286 wide; holds no controls and never takes the pointer. */
function TaskCard({ task }: { task: TaskView }) {
  const { model } = useCluster();
  const now = useNow(1000) || Date.now();
  const card = useRef<HTMLDivElement>(null);
  const service = model.services[task.serviceId];
  const item = mapTask(task, service, task.nodeId === null ? undefined : model.nodes[task.nodeId]);
  const { condition, node } = item;
  const trouble = troubleOf(task, condition, service);
  const next = taskNext(model, task, now);
  const image = imageOf(task, service);
  const use = useTaskUse(task.id);

  useLayoutEffect(() => {
    const element = card.current;
    const target = locateTask(task.id);
    if (element === null) return;
    // A task that just left the map takes its card along.
    element.hidden = target === null;
    if (target === null) return;
    const { left, top } = cardPlace(target, element.offsetHeight, {
      width: window.innerWidth,
      height: window.innerHeight,
    });
    Object.assign(element.style, { left: `${left}px`, top: `${top}px` });
  });
  useLayoutEffect(() => {
    const element = taskElement(task.id);
    element?.setAttribute("aria-describedby", cardId);
    return () => element?.removeAttribute("aria-describedby");
  }, [task.id]);

  return createPortal(
    <div
      ref={card}
      id={cardId}
      role="tooltip"
      data-slot="task-card"
      className={clsx(floatingClass, "pointer-events-none fixed w-[286px] px-3.5 pt-3 pb-[11px]")}
    >
      <p className="flex items-center gap-2">
        <TaskMark
          state={condition.kind}
          hue={service?.color.hue}
          marking={service ? markingOf(service.color) : undefined}
        />
        <span className="min-w-0 flex-1 truncate font-semibold">{taskName(item)}</span>
        <span className={clsx("shrink-0", toneClass[condition.tone])}>{say(t, condition.word)}</span>
      </p>
      {trouble && (
        <p
          className={clsx(
            "mt-1.5 line-clamp-3 break-words",
            condition.tone === "bad" ? "text-bad" : "text-warn",
          )}
        >
          {say(t, trouble)}
        </p>
      )}
      {task.state === "pending" && service && <Verdicts task={task} service={service} />}
      <FactList
        className="mt-2 grid-cols-[44px_minmax(0,1fr)]! gap-x-2! gap-y-1! text-12"
        facts={[
          { label: t("tasks.node"), value: node?.name ?? t("tasks.noNode") },
          { label: t("tasks.image"), value: image && <code className="mono break-all">{image}</code> },
          { label: t("tasks.since"), value: <RelativeTime at={task.since} ago /> },
          {
            label: t("usage.title"),
            value:
              use &&
              use.cpu !== null &&
              use.memory !== null &&
              t("usage.now.task", {
                cpu: formatUse("cpu", use.cpu),
                memory: formatUse("memory", use.memory),
              }),
          },
          { label: t("tasks.next"), value: next && say(t, next.words) },
        ]}
      />
    </div>,
    document.body,
  );
}

/** The nodes nearest to taking it, and what is in the way there. */
function Verdicts({ task, service }: { task: TaskView; service: ServiceView }) {
  const { model } = useCluster();
  const groups = groupVerdicts(placementVerdict(model, service, task), model.services).slice(0, 3);
  return (
    <ul className="mt-1.5 flex flex-col gap-0.5 text-12 text-ink-2">
      {groups.map((group) => (
        <li key={group.nodes[0]?.id} className="break-words">
          <span className="font-medium text-ink">{group.nodes[0]?.name}</span>
          {group.nodes.length > 1 && ` ${t("placement.more", { n: group.nodes.length - 1 })}`}{" "}
          {say(t, groupInWords(group))}
        </li>
      ))}
    </ul>
  );
}
