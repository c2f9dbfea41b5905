import type { ScreenBox } from "#components/cluster/motion/places.ts";

const cardWidth = 286;
const distance = 8;

/** Where the card of a task goes: right of it, else left, else below or above; always inside of the window. */
export function cardPlace(
  target: ScreenBox,
  height: number,
  view: { readonly width: number; readonly height: number },
): { readonly left: number; readonly top: number } {
  const clampX = (x: number) => Math.max(distance, Math.min(x, view.width - cardWidth - distance));
  const clampY = (y: number) => Math.max(distance, Math.min(y, view.height - height - distance));
  const right = target.left + target.width + distance;
  if (right + cardWidth + distance <= view.width) return { left: right, top: clampY(target.top - 4) };
  const left = target.left - distance - cardWidth;
  if (left >= distance) return { left, top: clampY(target.top - 4) };
  const below = target.top + target.height + distance;
  const isRoomBelow = below + height + distance <= view.height;
  return { left: clampX(target.left), top: isRoomBelow ? below : clampY(target.top - distance - height) };
}
