import { findSea, locateTask } from "#components/cluster/motion/places.ts";

const margin = 24;
const roomSlot = "drawer-room";

/** How far the map must scroll so that `from`–`to` lies between `start` and `end`. */
export function scrollBy(from: number, to: number, start: number, end: number): number {
  if (to - from > end - start || from < start) return from - start;
  return to > end ? to - end : 0;
}

/** Room to scroll to at the right of the map, as wide as the drawer covers it; changes nothing of its layout. */
function makeRoom(sea: HTMLElement, covered: number): void {
  let room = sea.querySelector<HTMLElement>(`[data-slot="${roomSlot}"]`);
  if (room === null) {
    room = document.createElement("div");
    room.dataset.slot = roomSlot;
    room.className = "pointer-events-none absolute top-0 h-px w-px";
    sea.append(room);
  }
  room.style.left = `${sea.clientWidth + covered - 1}px`;
}

/** Lets the map pan so that a task is not behind the drawer, whose left edge is at `drawerLeft` on screen. */
export function panToTask(taskId: string, drawerLeft: number): void {
  const sea = findSea();
  const box = locateTask(taskId);
  if (sea === null || box === null) return;
  const view = sea.getBoundingClientRect();
  const covered = Math.max(0, view.right - drawerLeft);
  // On a phone the drawer covers everything: there is nowhere to pan to.
  if (covered >= view.width) return;
  makeRoom(sea, covered);
  sea.scrollBy({
    left: scrollBy(box.left, box.left + box.width, view.left + margin, view.right - covered - margin),
    top: scrollBy(box.top, box.top + box.height, view.top + margin, view.bottom - margin),
    behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth",
  });
}

/** Ends the panning: the map stands at its left edge again. */
export function endPan(): void {
  const sea = findSea();
  const room = sea?.querySelector(`[data-slot="${roomSlot}"]`);
  if (!sea || !room) return;
  room.remove();
  sea.scrollLeft = 0;
}
