"use client";

import "#lib/shared/i18n/pages/task-pages.ts";
import "#lib/shared/i18n/pages/consoles.ts";
import "#lib/shared/i18n/pages/history.ts";
import "#lib/shared/i18n/pages/logs.ts";
import "#lib/shared/i18n/pages/events.ts";
import Link from "next/link";
import { useEffect, useRef } from "react";
import { useShortcut } from "#components/layout/shortcuts.tsx";
import { LastLines } from "#components/operations/last-lines.tsx";
import { toneClass } from "#components/services/health-line.tsx";
import { useServiceActions } from "#components/services/use-service-actions.tsx";
import { useConsoleHref } from "#components/terminal/use-console-href.ts";
import { Button } from "#components/ui/button.tsx";
import { Drawer } from "#components/ui/drawer.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { TaskMark } from "#components/ui/mark.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { TaskUsage } from "#components/usage/task-usage.tsx";
import { lastLinesKept } from "#lib/shared/api/last-lines.ts";
import type { TaskDetail } from "#lib/shared/api/types.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { type MapTask, mapTask } from "#lib/shared/map/map-task.ts";
import { shortName } from "#lib/shared/model/index-model.ts";
import { useCluster } from "./cluster-provider.tsx";
import { markingOf } from "./marking.ts";
import { panToTask } from "./task/pan-map.ts";
import { TaskAttempts } from "./task/task-attempts.tsx";
import { TaskFacts } from "./task/task-facts.tsx";
import { isUnplaced, TaskPlacement } from "./task/task-placement.tsx";
import { TaskNextLine, TaskTrouble } from "./task/task-trouble.tsx";
import { useKillTask, whyNoKill } from "./task/use-task-actions.ts";
import { useDetail } from "./use-detail.ts";

interface TaskDrawerProps {
  taskId: string;
  /** Ids of the tasks on the map, in its order: what the arrows step through. */
  order: readonly string[];
  onSelect: (taskId: string | null) => void;
}

/** The task from the live picture, else (an earlier attempt) from what was read on demand. */
function useTask(taskId: string) {
  const { model } = useCluster();
  const live = model.tasks[taskId];
  const detail = useDetail<TaskDetail>(`/tasks/${encodeURIComponent(taskId)}`, null, [live]);
  // While the next one is being read, SWR still holds nothing for it: never show another task's answer.
  const answer = detail.data?.task.id === taskId ? detail.data : null;
  const found = live ?? answer?.task;
  const node = found?.nodeId ? model.nodes[found.nodeId] : undefined;
  const item = found ? mapTask(found, model.services[found.serviceId], node) : null;
  return { item, answer, error: detail.error };
}

/** Everything about one task, beside the map: the map pans so that the task stays in sight, and is never reflowed. */
export function TaskDrawer({ taskId, order, onSelect }: TaskDrawerProps) {
  const { item, answer, error } = useTask(taskId);
  const at = order.indexOf(taskId);
  // The address, and with it `taskId`, follows a moment later: two quick presses must both count.
  const chosen = useRef(taskId);
  useEffect(() => {
    chosen.current = taskId;
  }, [taskId]);
  const step = (by: number) => {
    const from = order.indexOf(chosen.current);
    const next = order[from < 0 ? 0 : from + by];
    if (next === undefined) return;
    chosen.current = next;
    onSelect(next);
  };
  useShortcut("j", t("tasks.nextTask"), () => step(1));
  useShortcut("k", t("tasks.previous"), () => step(-1));
  useShortcut("ArrowDown", t("tasks.nextTask"), () => step(1));
  useShortcut("ArrowUp", t("tasks.previous"), () => step(-1));
  usePan(taskId);
  return (
    <Drawer
      open
      onOpenChange={(open) => !open && onSelect(null)}
      mark={item && <Mark item={item} />}
      title={item ? <Title item={item} /> : t(error ? "tasks.gone" : "common.loading")}
      state={item && <StateLine item={item} />}
      controls={<Steps at={at} count={order.length} onStep={step} />}
      footer={item && <Actions item={item} />}
    >
      {item ? (
        <Body item={item} answer={answer} onSelect={onSelect} />
      ) : (
        error && <EmptyState title={t("tasks.goneLead")} />
      )}
    </Drawer>
  );
}

/** Pans after the drawer stands, and again when the window changes. */
function usePan(taskId: string) {
  useEffect(() => {
    const pan = () => {
      const drawer = document.querySelector<HTMLElement>('[data-slot="drawer"]');
      // Its place when it stands: the way in is a transform.
      if (drawer) panToTask(taskId, window.innerWidth - drawer.offsetWidth);
    };
    pan();
    window.addEventListener("resize", pan);
    return () => window.removeEventListener("resize", pan);
  }, [taskId]);
}

function Mark({ item: { condition, service } }: { item: MapTask }) {
  return (
    <TaskMark
      state={condition.kind}
      hue={service?.color.hue}
      marking={service ? markingOf(service.color) : undefined}
    />
  );
}

function Title({ item: { task, service } }: { item: MapTask }) {
  return (
    <span title={service?.name}>
      {service ? shortName(service) : task.serviceId.slice(0, 12)}
      {task.slot !== null && task.slot !== 0 && <span className="font-normal text-ink-3">.{task.slot}</span>}
    </span>
  );
}

function StateLine({ item: { task, condition, node } }: { item: MapTask }) {
  const { href } = useCluster();
  return (
    <p data-slot="task-state" className="flex min-w-0 items-center gap-1.5">
      <span className={`${toneClass[condition.tone]} font-medium first-letter:uppercase`}>
        {say(t, condition.word)}
      </span>
      <RelativeTime at={task.since} ago />
      <span aria-hidden>·</span>
      {node ? (
        <Link href={href(`/nodes/${encodeURIComponent(node.id)}`)} className="link min-w-0 truncate">
          {node.name}
        </Link>
      ) : (
        t("tasks.noNode")
      )}
    </p>
  );
}

function Steps({ at, count, onStep }: { at: number; count: number; onStep: (by: number) => void }) {
  return (
    <>
      {at >= 0 && (
        <span className="shrink-0 text-12 text-ink-3">{t("tasks.position", { at: at + 1, n: count })}</span>
      )}
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={t("tasks.previous")}
        disabled={at === 0}
        onClick={() => onStep(-1)}
      >
        <Icon name="chevron-up" size={14} />
      </Button>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={t("tasks.nextTask")}
        disabled={at === count - 1}
        onClick={() => onStep(1)}
      >
        <Icon name="chevron-down" size={14} />
      </Button>
    </>
  );
}

interface BodyProps {
  item: MapTask;
  answer: TaskDetail | null;
  onSelect: (taskId: string) => void;
}

function Body({ item: { task, condition, service }, answer, onSelect }: BodyProps) {
  const { model, now } = useCluster();
  return (
    <>
      <TaskTrouble task={task} condition={condition} service={service} now={now} />
      {condition.kind === "failed" && task.nodeId !== null && (
        <LastLines key={task.id} taskId={task.id} count={lastLinesKept} className="" />
      )}
      <TaskNextLine task={task} service={service} onSelect={onSelect} />
      {service && isUnplaced(task) && (
        <section>
          <h3 className="mb-1 text-12 font-medium text-ink-3">{t("placement.title")}</h3>
          <TaskPlacement task={task} service={service} />
        </section>
      )}
      {task.state === "running" && <TaskUsage task={task} service={service} />}
      {answer && (
        <TaskAttempts task={answer.task} others={answer.attempts} model={model} onSelect={onSelect} />
      )}
      <TaskFacts task={task} service={service} />
    </>
  );
}

function Actions({ item: { task, service, node } }: { item: MapTask }) {
  const { may, blocked, href } = useCluster();
  const services = useServiceActions();
  const kill = useKillTask();
  const consoleHref = useConsoleHref()(task);
  return (
    <>
      {may("task.kill") && (
        <Button
          variant="danger"
          reason={blocked ?? whyNoKill(task, node) ?? undefined}
          onClick={() => void kill(task)}
        >
          {t("tasks.kill")}
        </Button>
      )}
      {service && services.may.restart && (
        <Button reason={blocked ?? undefined} onClick={() => void services.restart(service)}>
          <Icon name="restart" size={14} />
          {t("map.task.restart", { name: shortName(service) })}
        </Button>
      )}
      <span className="flex-1" />
      {consoleHref !== null && (
        <Button asChild variant="ghost">
          <Link href={consoleHref}>{t("consoles.open")}</Link>
        </Button>
      )}
      {task.nodeId !== null && (
        <Button asChild variant="ghost">
          <Link href={href(`/logs?task=${encodeURIComponent(task.id)}`)}>{t("logs.title")}</Link>
        </Button>
      )}
      <Button asChild variant="ghost">
        <Link href={href(`/events?task=${encodeURIComponent(task.id)}`)}>{t("events.title")}</Link>
      </Button>
      {service && (
        <Button asChild variant="ghost">
          <Link href={href(`/services/${encodeURIComponent(service.id)}`)}>{t("tasks.open")}</Link>
        </Button>
      )}
    </>
  );
}
