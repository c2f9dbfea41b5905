/** A rectangle on screen, px from the top left of the window. */
export interface ScreenBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Something that draws tasks without an element for each: knows where they are. */
export interface Places {
  /** Null: not drawn here. */
  locate(taskId: string): ScreenBox | null;
  /** The task drawn at a point of the window. */
  taskAt(x: number, y: number): string | null;
}

const drawn = new Set<Places>();

/** Announces drawn tasks to motion, popover and drawer; the answer takes it back. */
export function addPlaces(places: Places): () => void {
  drawn.add(places);
  return () => drawn.delete(places);
}

/** Where the map scrolls; null when no map is on the page. */
export function findSea(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[data-slot="sea"]');
}

/** The element of a task in the map; null when it has none. */
export function taskElement(taskId: string): HTMLElement | null {
  return findSea()?.querySelector<HTMLElement>(`[data-task="${CSS.escape(taskId)}"]`) ?? null;
}

/** Where a task is drawn among the canvases. */
export function locateDrawn(taskId: string): ScreenBox | null {
  for (const places of drawn) {
    const box = places.locate(taskId);
    if (box) return box;
  }
  return null;
}

/** Where a task is on screen, as element or drawn; null when it is not shown. */
export function locateTask(taskId: string): ScreenBox | null {
  return taskElement(taskId)?.getBoundingClientRect() ?? locateDrawn(taskId);
}

/** The drawn task at a point of the window. */
export function drawnTaskAt(x: number, y: number): string | null {
  for (const places of drawn) {
    const id = places.taskAt(x, y);
    if (id !== null) return id;
  }
  return null;
}
