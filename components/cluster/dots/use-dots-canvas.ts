"use client";

import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { hoveredService, onHoveredService } from "#components/cluster/map-state.ts";
import { mapTint, onMapUse } from "#components/cluster/map-use.ts";
import { addPlaces } from "#components/cluster/motion/places.ts";
import type { MapTask } from "#lib/shared/map/map-task.ts";
import { dotOf, hitDot } from "./dot-layout.ts";
import { DotsPainter, type DotsScene } from "./painter.ts";
import { onThemeChange } from "./palette.ts";

/** Width of an element in px, renewed when it changes; 0 until it is known. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const target = element.current;
    if (target === null) return;
    const measure = () => setWidth(target.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return width;
}

/** The task drawn at a point of the canvas, px. */
export function taskAt(scene: DotsScene, x: number, y: number): MapTask | null {
  const hit = hitDot(scene.layout, x, y);
  return hit === null ? null : (scene.tasks[hit[0]]?.[hit[1]] ?? null);
}

/** Where a task is drawn in the canvas, px. */
function boxOf(scene: DotsScene, taskId: string) {
  for (const [i, cell] of scene.layout.cells.entries()) {
    const index = scene.tasks[i]?.findIndex(({ task }) => task.id === taskId) ?? -1;
    if (index < 0) continue;
    const { x, y, size } = dotOf(scene.layout, cell, index);
    return { left: x - size / 2, top: y - size / 2, width: size, height: size };
  }
  return null;
}

/**
 * Keeps a canvas showing the scene: drawn with every change of it, of the lit service, of the theme and of the pixel
 * ratio, and never in between. Tells motion, popover and drawer where the tasks are.
 */
export function useDotsCanvas(
  canvas: RefObject<HTMLCanvasElement | null>,
  scene: Omit<DotsScene, "lit" | "tint">,
) {
  const latest = useRef<DotsScene>({ ...scene, lit: null, tint: null });
  const painter = useRef<DotsPainter>(undefined);

  useLayoutEffect(() => {
    const element = canvas.current;
    latest.current = { ...scene, lit: hoveredService(), tint: mapTint() };
    if (element === null) return;
    painter.current ??= new DotsPainter(element);
    painter.current.paint(latest.current, window.devicePixelRatio);
  });

  useEffect(() => {
    const paint = () => {
      latest.current = { ...latest.current, lit: hoveredService(), tint: mapTint() };
      painter.current?.paint(latest.current, window.devicePixelRatio);
    };
    const repaint = () => {
      painter.current?.forget();
      paint();
    };
    const ends = [onHoveredService(paint), onMapUse(paint), onThemeChange(repaint)];
    // Zooming and moving the window to another screen change the ratio, and both resize.
    window.addEventListener("resize", paint);
    return () => {
      window.removeEventListener("resize", paint);
      for (const end of ends) end();
    };
  }, []);

  useEffect(
    () =>
      addPlaces({
        locate: (taskId) => {
          const box = boxOf(latest.current, taskId);
          const origin = box && canvas.current?.getBoundingClientRect();
          return box && origin ? { ...box, left: box.left + origin.left, top: box.top + origin.top } : null;
        },
        taskAt: (x, y) => {
          const origin = canvas.current?.getBoundingClientRect();
          return origin ? (taskAt(latest.current, x - origin.left, y - origin.top)?.task.id ?? null) : null;
        },
      }),
    [canvas],
  );
}
