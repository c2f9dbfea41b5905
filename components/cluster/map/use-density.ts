"use client";

import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { bestDensity, type Density, dotPitch, type MapShape, type Space } from "#lib/shared/map/density.ts";

/** What the page is rendered with on the server: a usual window. Measured before the first paint in the browser. */
const usual: Space = { width: 932, height: 760 };
/** Padding of the sea, px: 20 at each side, 14 above and 20 below. */
const padding = { x: 40, y: 34 };
const restMs = 10_000;

/** The room inside an element, kept up to date. Scroll bars do not count, or they would come and go. */
function useSpace(ref: RefObject<HTMLElement | null>): Space | null {
  const [space, setSpace] = useState<Space | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = () => {
      const next = { width: element.offsetWidth - padding.x, height: element.offsetHeight - padding.y };
      setSpace((last) => (last?.width === next.width && last.height === next.height ? last : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return space;
}

export interface DensityNow {
  readonly density: Density;
  /** Chosen by "Auto", whether it is in use or not. */
  readonly auto: Density;
  readonly space: Space;
  /** Pitch of dots, px. */
  readonly pitch: number;
  /** The density has changed since the page was opened: the change may be faded. */
  readonly hasSwitched: boolean;
}

/**
 * The density in use. Auto changes it when another one fits better with some slack, but not under the pointer and
 * not within 10 s of the last change.
 */
export function useDensity(
  ref: RefObject<HTMLElement | null>,
  chosen: Density | "auto",
  shapeIn: (space: Space) => MapShape,
): DensityNow {
  const measured = useSpace(ref);
  const space = measured ?? usual;
  const shape = shapeIn(space);
  const [auto, setAuto] = useState<Density>(() => bestDensity(shape, usual));
  const [first] = useState(chosen === "auto" ? auto : chosen);
  const [, retry] = useState(0);
  const switchedAt = useRef<number>(undefined);

  useEffect(() => {
    const element = ref.current;
    const again = () => retry((n) => n + 1);
    element?.addEventListener("pointerleave", again);
    return () => element?.removeEventListener("pointerleave", again);
  }, [ref]);

  useLayoutEffect(() => {
    if (measured === null) return;
    const isFirst = switchedAt.current === undefined;
    const want = bestDensity(shape, measured, isFirst ? null : auto);
    if (isFirst) switchedAt.current = 0;
    if (want === auto) return;
    if (!isFirst) {
      const rest = (switchedAt.current ?? 0) + restMs - Date.now();
      // The pointer's leaving asks again.
      if (ref.current?.matches(":hover")) return;
      if (rest > 0) {
        const timer = setTimeout(() => retry((n) => n + 1), rest);
        return () => clearTimeout(timer);
      }
      switchedAt.current = Date.now();
    }
    setAuto(want);
  });

  const density = chosen === "auto" ? auto : chosen;
  const [lastPitch, setLastPitch] = useState<number | null>(null);
  const pitch = density === "dots" ? dotPitch(shape, space, lastPitch) : 18;
  const kept = density === "dots" && measured !== null ? pitch : null;
  if (kept !== lastPitch) setLastPitch(kept);
  return {
    density,
    auto,
    space,
    pitch,
    hasSwitched: density !== first,
  };
}
