"use client";

import { useEffect, useRef, useState } from "react";
import { drawnTaskAt, findSea } from "#components/cluster/motion/places.ts";

/** Rest of the pointer before the first card, ms; from one task to the next there is none. */
const restMs = 120;
/** After a card closed, the next one is still a neighbour for this long, ms. */
const warmMs = 300;

/** The task at an event's target: its element, or what a canvas draws under the pointer. */
function taskOf(event: Event): string | null {
  const { target } = event;
  if (!(target instanceof Element) || !findSea()?.contains(target)) return null;
  const element = target.closest<HTMLElement>("[data-task]");
  if (element) return element.dataset.task ?? null;
  if (!(event instanceof MouseEvent) || !target.closest('[data-slot="dots"]')) return null;
  return drawnTaskAt(event.clientX, event.clientY);
}

/**
 * The task whose card is due: under the pointer (a mouse or pen: a finger opens the drawer instead) or in focus.
 * One set of listeners for the whole map, however many tasks there are.
 */
export function usePointedTask(): string | null {
  const [shown, setShown] = useState<string | null>(null);
  const pending = useRef<{ id: string | null; timer?: ReturnType<typeof setTimeout>; closedAt: number }>({
    id: null,
    closedAt: 0,
  });
  useEffect(() => {
    const state = pending.current;
    const show = (id: string | null) => {
      if (state.id !== null && id === null) state.closedAt = Date.now();
      state.id = id;
      clearTimeout(state.timer);
      setShown(id);
    };
    const onPointer = (event: PointerEvent) => {
      if (event.pointerType === "touch") return;
      const id = taskOf(event);
      clearTimeout(state.timer);
      if (id === state.id) return;
      const isWarm = state.id !== null || Date.now() - state.closedAt < warmMs;
      if (id === null || isWarm) show(id);
      else state.timer = setTimeout(() => show(id), restMs);
    };
    const onFocus = (event: FocusEvent) => {
      // Only the keyboard asks for a card by focus: a click opens the drawer.
      const isKeyboard = event.target instanceof Element && event.target.matches(":focus-visible");
      const id = isKeyboard ? taskOf(event) : null;
      if (id !== null) show(id);
    };
    const hide = () => show(null);
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && hide();
    const options = { capture: true, passive: true } as const;
    document.addEventListener("pointermove", onPointer, { passive: true });
    document.addEventListener("pointerdown", hide, options);
    document.addEventListener("focusin", onFocus);
    document.addEventListener("focusout", hide);
    document.addEventListener("scroll", hide, options);
    document.addEventListener("keydown", onKey);
    document.documentElement.addEventListener("pointerleave", hide);
    // A pointer that came to rest on a task before anybody listened sends nothing more.
    const resting = findSea()?.querySelector<HTMLElement>("[data-task]:hover")?.dataset.task;
    if (resting !== undefined) state.timer = setTimeout(() => show(resting), restMs);
    return () => {
      clearTimeout(state.timer);
      document.removeEventListener("pointermove", onPointer);
      document.removeEventListener("pointerdown", hide, options);
      document.removeEventListener("focusin", onFocus);
      document.removeEventListener("focusout", hide);
      document.removeEventListener("scroll", hide, options);
      document.removeEventListener("keydown", onKey);
      document.documentElement.removeEventListener("pointerleave", hide);
    };
  }, []);
  return shown;
}
