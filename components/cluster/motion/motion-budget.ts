/** Most tasks that may begin to move together (look.md §10). */
export const mostAnimated = 40;
/** Where changes go on and on, so many tasks a second are still shown moving: an eye follows no more. */
const perSecond = 6;

/**
 * How many tasks may begin to move now. A single change, however it comes, is shown in full; in a cluster where something
 * changes all the time motion would cost more than everything else, and say nothing.
 */
export class MotionBudget {
  #room = mostAnimated;
  #at: number | null = null;

  /** `now`: ms since 1970. */
  room(now: number): number {
    const seconds = this.#at === null ? 0 : Math.max(0, now - this.#at) / 1_000;
    this.#room = Math.min(mostAnimated, this.#room + seconds * perSecond);
    this.#at = now;
    return Math.floor(this.#room);
  }

  /** So many tasks begin to move. */
  spend(tasks: number): void {
    this.#room = Math.max(0, this.#room - tasks);
  }
}
