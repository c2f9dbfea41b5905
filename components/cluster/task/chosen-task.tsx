"use client";

import { useEffect, useRef } from "react";
import { taskElement } from "#components/cluster/motion/places.ts";
import { later } from "#components/ui/later.tsx";
import { endPan } from "./pan-map.ts";

const TaskDrawer = later(async () => (await import("#components/cluster/task-drawer.tsx")).TaskDrawer);

export interface ChosenTaskProps {
  /** Id of the chosen task; null: the drawer is closed. */
  task: string | null;
  /** Ids of the tasks on the page, in its order. */
  order: readonly string[];
  onSelect: (taskId: string | null) => void;
}

/** The drawer of the chosen task, and the way back to the page when it closes. */
export function ChosenTask({ task, order, onSelect }: ChosenTaskProps) {
  const last = useRef<string | null>(null);
  // The address, and with it `task`, follows a moment later: closed before that, the way back still leads to this one.
  const choose = (next: string | null) => {
    if (next !== null) last.current = next;
    onSelect(next);
  };
  useEffect(() => {
    const before = last.current;
    last.current = task;
    if (task !== null || before === null) return;
    endPan();
    // Back to where one came from, unless the focus is somewhere else already.
    if (document.activeElement !== document.body) return;
    const row = () => document.querySelector<HTMLElement>(`tr[data-key="${CSS.escape(before)}"]`);
    (taskElement(before) ?? row())?.focus({ preventScroll: true });
  }, [task]);
  return task === null ? null : <TaskDrawer taskId={task} order={order} onSelect={choose} />;
}
